-- The operations of one file, in the columns of the staging table `operations`.
select
    r.item as op, 'kohesio-q' || r.item as record_id, {file} as file, r._row as "row", {source} as source_id,
    'Q' || r.item as code, 'kohesio' as code_scheme, null::varchar as acronym,
    r.name_english as name_en,
    case when r.name_english is null then null
         when l.language = 'en' or r.name_english = r.name_programme_language then 'stated'
         else 'machine' end as name_en_basis,
    if(l.language = 'fi', r.name_programme_language, null) as name_fi,
    if(l.language = 'fi' and r.name_programme_language is not null, 'stated', null) as name_fi_basis,
    coalesce(r.name_programme_language, r.name_english) as name_original,
    case when r.name_programme_language is not null then l.language
         when r.name_english is not null then 'en' end as original_language,
    r.summary_english as summary_en, r.summary_finnish as summary_fi,
    'kohesio' as collection,
    coalesce(known.programme_id, nullif(slug(r.programme_code), '')) as programme_id,
    coalesce(r.programme_name, r.programme_code) as programme_name,
    case
        when r.fund_code is null then null
        when contains(r.fund_code, '|')
            and len(list_distinct(list_transform(string_split(r.fund_code, '|'), lambda x: trim(x)))) > 1 then 'several'
        else f.fund
    end as fund,
    r.programming_period, if(contains(r.countries, '|'), 'cross-border', null) as scope,
    'https://kohesio.ec.europa.eu/en/projects/Q' || r.item as url,
    r.start_date, r.end_date, 'day' as period_precision,
    r.country as part_one, r.programming_period as part_two,
    concat_ws(' ', r.local_identifier, r.lau_names, r.nuts3_labels, r.nuts2_labels) as more_words
from {rows} as r
left join country_languages as l on l.country = r.country
left join known_programmes as known on known.code = r.programme_code
left join fund_names as f on f.name = split_part(r.fund_code, '|', 1)
