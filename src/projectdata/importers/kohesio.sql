-- Kohesio: the rows of one file, in the view `cells` with one column per known name (empty where
-- the file has none), into the staging tables. $file and $source name the file and its source.

-- One row per row of the file that can be taken or refused: its values, and why not.
create or replace temp table kohesio_rows as
with listed as (
    select
        _row,
        try_cast(regexp_extract(said(operation_unique_identifier), '(?:^|/entity/)Q(\d+)\s*$', 1) as bigint) as item,
        said(operation_unique_identifier) as identifier,
        said(split_part(operation_start_date, '|', 1)) as start_said, said(split_part(operation_end_date, '|', 1)) as end_said,
        said(split_part(total_eligible_expenditure_amount, '|', 1)) as total_said, said(split_part(project_eu_budget, '|', 1)) as eu_said,
        coalesce(
            case upper(said(countrycode)) when 'EL' then 'GR' when 'UK' then 'GB' else upper(said(countrycode)) end,
            (select string_agg(c.country, '|' order by c.country) from country_names as c
             where list_contains(list_transform(string_split(lower(said(cells.country)), '|'), lambda x: trim(x)), c.name))
        ) as countries,
        said(programming_period) as period_said,
        regexp_extract(said(programme_code), '^(\d{4})', 1) as programme_year
    from cells
),
typed as (
    select
        *,
        as_day(start_said) as start_date, as_day(end_said) as end_date,
        as_amount(total_said) as total, as_amount(eu_said) as eu
    from listed
)
select
    _row, item, start_date, end_date, total, eu, countries,
    case
        when period_said is not null then replace(replace(period_said, ' ', ''), '–', '-')
        when programme_year in ('2014', '2021') then if(programme_year = '2014', '2014-2020', '2021-2027')
        else $period
    end as programming_period,
    case
        when identifier is null then 'the operation has no identifier'
        when lower(identifier) in ('operation_unique_identifier', 'id') then 'the header stands here again'
        when item is null then 'the identifier is “' || left(identifier, 80) || '”; a Kohesio item is Q and a number'
        when start_said is not null and start_date is null then 'the start date is “' || left(start_said, 40) || '”, which is no day (day/month/year)'
        when end_said is not null and end_date is null then 'the end date is “' || left(end_said, 40) || '”, which is no day (day/month/year)'
        when total_said is not null and total is null then 'the total eligible expenditure is “' || left(total_said, 40) || '”, which is no amount'
        when eu_said is not null and eu is null then 'the EU contribution is “' || left(eu_said, 40) || '”, which is no amount'
        when total < 0 then 'the total eligible expenditure is below zero: ' || left(total_said, 40)
        when eu < 0 then 'the EU contribution is below zero: ' || left(eu_said, 40)
    end as reason
from typed;

insert into refused select $file, _row, reason from kohesio_rows where reason is not null;

-- One row per operation that no earlier row or file has: its first row.
create or replace temp table kohesio_first as
select item, min(_row) as _row from kohesio_rows
where reason is null and item not in (select item from kohesio_items)
group by item;

insert into kohesio_items select item from kohesio_first;

create or replace temp table kohesio_new as
select
    r.* exclude (reason, programming_period),
    case when r.programming_period in ('2000-2006', '2007-2013', '2014-2020', '2021-2027') then r.programming_period end as programming_period,
    string_split(r.countries, '|')[1] as country
from kohesio_rows as r semi join kohesio_first using (_row);

insert into operations
with read as (
    select
        n._row, n.item, n.start_date, n.end_date, n.programming_period, n.country, n.countries,
        words(c.operation_name_english) as english,
        words(c.operation_name_programme_language) as original,
        words(c.operation_summary_english) as summary_en,
        words(c.operation_summary_programme_language) as summary_original,
        l.language,
        said(c.programme_code) as programme_code, words(c.programme_name) as programme_name,
        upper(said(c.fund_code)) as fund_code,
        said(c.operation_local_identifier) as local_identifier,
        concat_ws(' ', words(c.lau_labels), words(c.nuts3_label), words(c.nuts2_label), words(c.region)) as where_words
    from cells as c join kohesio_new as n on n._row = c._row
    left join country_languages as l on l.country = n.country
)
select
    item, 'kohesio-q' || item, $file, _row, $source, 'Q' || item, 'kohesio', null,
    english,
    case when english is null then null
         when language = 'en' or (original is not null and english = original) then 'stated' else 'machine' end,
    case when language = 'fi' then original end,
    case when language = 'fi' and original is not null then 'stated' end,
    coalesce(original, english),
    case when original is not null then language when english is not null then 'en' end,
    summary_en, case when language = 'fi' then summary_original end,
    'kohesio',
    coalesce(known.programme_id, nullif(slug(programme_code), '')),
    coalesce(programme_name, programme_code),
    case
        when fund_code is null then null
        when contains(fund_code, '|') and list_unique(list_transform(string_split(fund_code, '|'), lambda x: trim(x))) > 1 then 'several'
        else (select f.fund from fund_names as f where f.name = trim(string_split(fund_code, '|')[1]))
    end,
    programming_period,
    case when contains(countries, '|') then 'cross-border' end,
    'https://kohesio.ec.europa.eu/en/projects/Q' || item,
    start_date, end_date, 'day',
    country, programming_period,
    concat_ws(' ', local_identifier, where_words)
from read left join known_programmes as known on known.code = read.programme_code;

insert into amounts_read
select n.item, 'total_budget', n.total,
    coalesce(upper(said(c.total_eligible_expenditure_currency)), 'EUR'),
    case when n.total is null then 'not_published' when n.total = 0 then 'zero' else 'published' end,
    null, null
from kohesio_new as n join cells as c on c._row = n._row
where $has_total
union all
select n.item, 'eu_contribution', n.eu, 'EUR',
    case when n.eu is null then 'not_published' when n.eu = 0 then 'zero' else 'published' end,
    case when n.eu is null then 'The list of operations need not state the EU contribution.' end,
    case when n.eu is null then 'Hankeluettelossa EU-rahoitusta ei ole pakko ilmoittaa.' end
from kohesio_new as n
where $has_eu;

insert into seats_read
with read as (
    select n.item as op, n.country,
        regexp_extract(said(c.beneficiary_unique_identifier), 'Q\d+', 0) as item,
        words(c.beneficiary_name) as name,
        said(c.beneficiary_local_identifier) as local_identifier
    from kohesio_new as n join cells as c on c._row = n._row
    where said(c.beneficiary_unique_identifier) is not null or said(c.beneficiary_name) is not null
)
select op,
    case when coalesce(item, '') <> '' then 'kohesio-' || lower(item)
         else 'kohesio-by-name-' || substr(md5(fold(coalesce(name, '')) || coalesce(read.country, '')), 1, 16) end,
    'beneficiary', null, coalesce(name, b.label), null, read.country, null, null, null, null, b.website,
    local_identifier
from read left join beneficiaries as b using (item)
where coalesce(item, '') <> '' or name is not null;

insert into found_categories
select distinct n.item,
    case n.programming_period when '2014-2020' then 'intervention-2014' else 'intervention-2021' end,
    lpad(regexp_extract(trim(code), '^(\d+)', 1), 3, '0')
from (
    select n.item, n.programming_period, unnest(string_split(said(c.category_of_intervention), '|')) as code
    from kohesio_new as n join cells as c on c._row = n._row
    where said(c.category_of_intervention) is not null and n.programming_period in ('2014-2020', '2021-2027')
) as n
where regexp_matches(trim(code), '^\d+(\.0)?$')
union all
select distinct item, 'thematic-objective', upper(trim(code))
from (
    select n.item, unnest(string_split(said(c.thematic_objective_id), '|')) as code
    from kohesio_new as n join cells as c on c._row = n._row
    where said(c.thematic_objective_id) is not null
)
union all
select distinct item, 'specific-objective', upper(trim(code))
from (
    select n.item, unnest(string_split(said(c.specific_objective_id), '|')) as code
    from kohesio_new as n join cells as c on c._row = n._row
    where said(c.specific_objective_id) is not null
);

-- Places: every row of an operation adds its own, those of a repeated row too.
insert into places_read
with located as (
    select
        r.item as op,
        string_split(r.countries, '|') as countries,
        string_split(coalesce(said(c.location_indicator_latitude_longitude), said(c.coordinates)), '|') as spots,
        string_split(words(c.lau_labels), '|') as lau_names,
        string_split(said(c.nuts3_code), '|') as codes,
        string_split(coalesce(words(c.nuts3_label), words(c.region3), words(c.region)), '|') as labels
    from kohesio_rows as r join cells as c on c._row = r._row
    where r.reason is null
),
spotted as (
    select op, countries, lau_names, codes, labels, len(spots) as width,
        unnest(range(1, len(spots) + 1)) as n, unnest(spots) as spot
    from located where spots is not null
),
parted as (
    select *, string_split(spot, ',') as parts from spotted where regexp_full_match(trim(spot), '-?[\d.]+\s*,\s*-?[\d.]+')
),
pointed as (
    select op, countries, lau_names, codes, labels, width, n,
        try_cast(trim(parts[1]) as double) as one, try_cast(trim(parts[2]) as double) as two
    from parted
),
turned as (
    -- Latitude comes first; where only the other order lies in the country, the file has it so.
    select p.* exclude (one, two),
        coalesce(not (one between b.south and b.north and two between b.west and b.east)
            and two between b.south and b.north and one between b.west and b.east, false) as is_turned,
        one, two
    from pointed as p left join country_boxes as b on b.country = p.countries[1]
),
points as (
    select op,
        case when len(lau_names) = width then lau_names[n] end as lau_name,
        case when len(labels) = width then labels[n] when len(labels) = 1 then labels[1] end as label,
        case when len(codes) = width then codes[n] when len(codes) = 1 then codes[1] end as nuts3,
        countries, if(is_turned, two, one) as latitude, if(is_turned, one, two) as longitude
    from turned
),
regional as (
    -- Regions that no point stands for.
    select op, countries, n, codes[n] as nuts3, case when len(labels) = len(codes) then labels[n] end as label
    from (
        select op, countries, codes, labels, unnest(range(1, len(codes) + 1)) as n
        from located
        where codes is not null and (spots is null or len(codes) not in (1, len(spots)))
    )
),
-- Abroad or without a point: the country is all that is known.
national as (
    select op, unnest(countries) as country from located
    where countries is not null and (len(countries) > 1 or (spots is null and codes is null))
),
every as (
    select op, coalesce(lau_name, label, nuts3) as name, nuts_country(nuts3, countries[1]) as country, said(nuts3) as nuts3,
        latitude, longitude, 'municipality' as precision
    from points where latitude between -90 and 90 and longitude between -180 and 180
    union
    select op, coalesce(label, nuts3), nuts_country(nuts3, countries[1]), said(nuts3), null, null, 'region'
    from regional
    union
    select op, null, country, null, null, null, 'country' from national
)
select op, name, country, nuts3, latitude, longitude, 'implementation', precision
from every where country is not null;

insert into regions_read
with named as (
    select distinct 'nuts' || level as kind, codes, labels from (
        select 1 as level, said(nuts1_code) as codes, words(nuts1_label) as labels from cells
        union all select 2, said(nuts2_code), words(nuts2_label) from cells
        union all select 3, said(nuts3_code), coalesce(words(nuts3_label), words(region)) from cells
    ) where codes is not null
),
listed as (
    select kind, string_split(codes, '|') as codes, string_split(labels, '|') as labels from named
)
select distinct codes[n], kind, nuts_country(codes[n], null), if(len(labels) = len(codes), labels[n], codes[n])
from (select *, unnest(range(1, len(codes) + 1)) as n from listed)
where regexp_full_match(codes[n], '[A-Z]{2}[A-Z0-9]{1,3}');
