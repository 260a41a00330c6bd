-- keep.eu: one row per row of a partners sheet, in `cells`. What stands in braces is filled in by
-- keep.py. Where there is no column of a region's code, the code stands before its name.
with cleaned as (
    select _row,
        list_transform([programme, acronym, name_en, own_id, town], lambda cell: words(cell)) as texts,
        list_transform(
            [project_id, is_lead, type, pic, country_code, country, latitude, longitude, website],
            lambda cell: said(cell)
        ) as saids,
        list_filter(list_transform({names}, lambda cell: words(cell)), lambda cell: cell is not null) as other_names,
        list_transform([nuts1, nuts2, nuts3], lambda cell: said(cell)) as codes,
        list_transform([nuts1_label, nuts2_label, nuts3_label], lambda cell: words(cell)) as labels
    from cells
),
read as (
    select _row, other_names, codes, labels,
        texts[1] as programme, texts[2] as acronym, texts[3] as name_en, texts[4] as own_id, texts[5] as town,
        saids[1] as project_id, lower(saids[2]) as lead_said, lower(saids[3]) as type, saids[4] as pic,
        upper(saids[5]) as code_said, lower(saids[6]) as country_said,
        replace(saids[7], ',', '.') as latitude_said, replace(saids[8], ',', '.') as longitude_said, saids[9] as website
    from cleaned
),
coded as (
    select *,
        list_transform([1, 2, 3], lambda n: upper(coalesce(codes[n],
            regexp_extract(labels[n], '^([A-Z][A-Z][A-Z0-9]+)(?: |$)', 1)))) as regions
    from read
)
select _row, programme, project_id, acronym, name_en, other_names, type, pic, own_id, town, website,
    coalesce(lead_said in ('yes', 'true'), false) as is_lead,
    try_cast(latitude_said as double) as latitude, try_cast(longitude_said as double) as longitude,
    list_transform([1, 2, 3], lambda n: case when length(regions[n]) = n + 2
        and regexp_full_match(regions[n], '[A-Z][A-Z][A-Z0-9]+') then regions[n] end) as regions,
    list_transform(labels, lambda label: nullif(trim(regexp_replace(label, '^[A-Z][A-Z][A-Z0-9]{{1,3}}( |$)', '')), '')) as labels,
    keep_key(programme) as programme_key, keep_key(project_id) as id_key, keep_key(acronym) as acronym_key,
    coalesce(
        case when code_said = 'UK' then 'GB' when code_said = 'EL' then 'GR'
             when regexp_full_match(code_said, '[A-Z][A-Z]') then code_said end,
        names.country
    ) as country
from coded left join country_names as names on names.name = country_said
