-- keep.eu: the rows of all projects sheets, in `keep_rows` (`no` counts them over all files), into
-- the staging tables. What a text is looked up by has neither case nor spaces: see `keep_key`.

-- One row per project: its first row. Two projects of a programme may have one acronym and no
-- number; then their names tell them apart.
create table keep_projects as
with several as (
    select programme_key, acronym_key from keep_rows
    where reason is null and id_key is null and acronym_key is not null
    group by all having count(distinct keep_key(name_en)) > 1
),
named as (
    select r.*, s.programme_key is not null as is_named_by_name,
        case
            when id_key is not null then 'id|' || r.programme_key || '|' || id_key
            when s.programme_key is not null then concat_ws('|', 'twin', r.programme_key, r.acronym_key, keep_key(name_en))
            when r.acronym_key is not null then 'acronym|' || r.programme_key || '|' || r.acronym_key
            else 'name|' || r.programme_key || '|' || keep_key(coalesce(name_en, other_names[1]))
        end as identity,
        coalesce(project_id, acronym, name_en, other_names[1]) as called
    from keep_rows as r
    left join several as s on s.programme_key = r.programme_key and s.acronym_key = r.acronym_key and r.id_key is null
    where reason is null
),
first as (
    from named qualify row_number() over (partition by identity order by no) = 1
),
slugged as (
    select *,
        concat_ws('-', 'keep', nullif(trim(left(slug(programme), 60), '-'), ''), nullif(trim(left(slug(called), 40), '-'), '')) as plain_id,
        -- A name that loses nothing but case on its way into an address needs no digest.
        not is_named_by_name and length(slug(programme)) <= 60 and length(slug(called)) <= 40
            and regexp_full_match(lower(programme), '(\d{4} - \d{4} )?[a-z0-9]+( [a-z0-9]+)*')
            and regexp_full_match(lower(called), '[a-z0-9]+( [a-z0-9]+)*') as is_plain
    from first
)
select row_number() over (order by no) as op,
    if(is_plain and count(*) over (partition by plain_id) = 1, plain_id, plain_id || '-' || left(md5(identity), 8)) as record_id,
    * exclude (plain_id, is_plain, is_named_by_name)
from slugged;

insert into operations by name
select
    op, record_id, file, _row as "row", source_id, coalesce(project_id, acronym) as code,
    if(coalesce(project_id, acronym) is null, null, 'keep') as code_scheme, acronym,
    name_en, if(name_en is null, null, 'stated') as name_en_basis,
    coalesce(name_en, other_names[1], acronym, project_id) as name_original,
    if(name_en is null, null, 'en') as original_language,
    summary_en, 'interreg' as collection,
    p.programme_id, k.programme as programme_name,
    case len(funds) when 0 then null when 1 then funds[1] else 'several' end as fund,
    p.programming_period, p.scope, as_web(website) as url,
    start_date, end_date, 'day' as period_precision,
    k.programme as part_one, p.programming_period as part_two,
    array_to_string(other_names, ' ') as more_words
from (
    select *,
        list_filter([
            if(erdf > 0 or regexp_matches(contributing, '\bERDF\b'), 'erdf', null),
            if(ipa > 0 or regexp_matches(contributing, '\bIPA\b'), 'ipa', null),
            if(eni > 0 or regexp_matches(contributing, '\b(ENPI|ENI|NDICI)\b'), 'eni', null)
        ], lambda fund: fund is not null) as funds
    from keep_projects
) as k
left join keep_programmes as p on p.programme = k.programme and p.period is not distinct from k.period;

insert into amounts_read
select op, measure, amount, 'EUR',
    case when amount is null then 'not_published' when amount = 0 then 'zero' else 'published' end, null, null
from (
    select op, unnest(['total_budget', 'eu_contribution']) as measure, unnest([total, eu]) as amount,
        unnest([has_total, has_eu]) as is_asked
    from keep_projects
)
where is_asked;

insert into found_categories
select distinct op, 'keep-theme', theme
from (select op, unnest(themes) as theme from keep_projects)
where theme is not null;
