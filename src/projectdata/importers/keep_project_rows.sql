-- keep.eu: one row per row of a projects sheet, in `cells`: its values, and why it is not taken.
-- What stands in braces is filled in by keep.py. Cells are cleaned in lists: a macro that stands in
-- a statement once is planned once.
with cleaned as (
    select _row,
        list_transform([programme, acronym, name_en, summary_en], lambda cell: words(cell)) as texts,
        list_transform([project_id, period, start_date, end_date, contributing, website], lambda cell: said(cell)) as saids,
        list_transform([total, eu, erdf, ipa, eni], lambda cell: said(cell)) as sums_said,
        list_filter(list_transform({names}, lambda cell: words(cell)), lambda cell: cell is not null) as other_names,
        list_filter(list_transform({themes}, lambda cell: words(cell)), lambda cell: cell is not null) as themes
    from cells
),
read as (
    select _row, other_names, themes, sums_said, list_transform(sums_said, lambda cell: as_amount(cell)) as sums,
        texts[1] as programme, texts[2] as acronym, texts[3] as name_en, texts[4] as summary_en,
        saids[1] as project_id, saids[2] as period, saids[3] as start_said, saids[4] as end_said,
        upper(saids[5]) as contributing, saids[6] as website
    from cleaned
),
typed as (
    select *, keep_key(programme) as programme_key, keep_key(project_id) as id_key, keep_key(acronym) as acronym_key,
        as_day(start_said) as start_date, as_day(end_said) as end_date,
        sums_said[1] as total_said, sums_said[2] as eu_said,
        sums[1] as total, sums[2] as eu, sums[3] as erdf, sums[4] as ipa, sums[5] as eni
    from read
)
select * exclude (start_said, end_said, total_said, eu_said, sums_said, sums),
    {has_total} as has_total, {has_eu} as has_eu,
    case
        when programme_key = 'programme' then 'the header stands here again'
        when programme is null then 'the project has no programme'
        when coalesce(project_id, acronym, name_en, other_names[1]) is null then 'the project has neither ID nor acronym nor name'
        when start_said is not null and start_date is null then 'the start is “' || left(start_said, 40) || '”, which is no day (day/month/year)'
        when end_said is not null and end_date is null then 'the end is “' || left(end_said, 40) || '”, which is no day (day/month/year)'
        when total_said is not null and total is null then 'the total budget is “' || left(total_said, 40) || '”, which is no amount'
        when eu_said is not null and eu is null then 'the EU funding is “' || left(eu_said, 40) || '”, which is no amount'
        when total < 0 then 'the total budget is below zero: ' || left(total_said, 40)
        when eu < 0 then 'the EU funding is below zero: ' || left(eu_said, 40)
    end as reason
from typed
