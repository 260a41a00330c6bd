-- Kohesio: the rows of one file, in the table `kohesio_rows` (a view of it with `_row`), into the
-- staging tables. $file and $source name the file and its source.

insert into refused select $file, _row, reason from kohesio_rows where reason is not null;

-- Places: every row of an operation adds its own, those of a repeated row too.
insert into places_read
with located as (
    select item as op, string_split(countries, '|') as countries,
        -- Where no spot can be read, it is as if none were given.
        if(regexp_matches(spots, '(^|\|)\s*-?\d?\d(\.\d+)?\s*,\s*-?\d?\d?\d(\.\d+)?\s*($|\|)'), string_split(spots, '|'), null) as spots,
        string_split(lau_names, '|') as lau_names,
        string_split(nuts3_codes, '|') as codes, string_split(nuts3_labels, '|') as labels
    from kohesio_rows where reason is null
),
spotted as (
    select op, countries, lau_names, codes, labels, len(spots) as width,
        unnest(range(1, len(spots) + 1)) as n, unnest(spots) as spot
    from located where spots is not null
),
parted as (
    select * from (select *, string_split(spot, ',') as parts from spotted) where len(parts) = 2
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
with listed as (
    select distinct kind, string_split(codes, '|') as codes, string_split(labels, '|') as labels from (
        select distinct 'nuts1' as kind, nuts1_codes as codes, nuts1_labels as labels from kohesio_rows
        union all select distinct 'nuts2', nuts2_codes, nuts2_labels from kohesio_rows
        union all select distinct 'nuts3', nuts3_codes, nuts3_labels from kohesio_rows
    ) where codes is not null
)
select distinct codes[n], kind, nuts_country(codes[n], null), if(len(labels) = len(codes), labels[n], codes[n])
from (select *, unnest(range(1, len(codes) + 1)) as n from listed)
where regexp_full_match(codes[n], '[A-Z]{2}[A-Z0-9]{1,3}');

-- An operation is its first row, of the first file that has it; what repeats it has been heard.
create or replace temp table kohesio_first as
select item, min(_row) as _row from kohesio_rows
where reason is null and item not in (select item from kohesio_items)
group by item;

insert into kohesio_items select item from kohesio_first;

delete from kohesio_rows_of_file where rowid in (
    select _rowid from kohesio_rows anti join kohesio_first using (_row)
);

insert into amounts_read
select item, 'total_budget', total, currency,
    case when total is null then 'not_published' when total = 0 then 'zero' else 'published' end,
    null, null
from kohesio_rows where $has_total
union all
select item, 'eu_contribution', eu, currency,
    case when eu is null then 'not_published' when eu = 0 then 'zero' else 'published' end,
    case when eu is null then 'The list of operations need not state the EU contribution.' end,
    case when eu is null then 'Hankeluettelossa EU-rahoitusta ei ole pakko ilmoittaa.' end
from kohesio_rows where $has_eu;

insert into seats_read
select r.item,
    case when coalesce(r.beneficiary, '') <> '' then 'kohesio-' || lower(r.beneficiary)
         else 'kohesio-by-name-' || substr(md5(fold(coalesce(r.beneficiary_name, '')) || coalesce(r.country, '')), 1, 16) end,
    'beneficiary', null, coalesce(r.beneficiary_name, b.label), null, r.country, null, null, null, null, b.website,
    r.beneficiary_local_identifier
from kohesio_rows as r left join beneficiaries as b on b.item = r.beneficiary
where coalesce(r.beneficiary, '') <> '' or r.beneficiary_name is not null;

-- Thematic objectives are left out: Kohesio infers them, and the ninth would bring in hospitals.
insert into found_categories
select distinct item,
    case programming_period when '2014-2020' then 'intervention-2014' else 'intervention-2021' end,
    lpad(regexp_extract(trim(code), '^(\d+)', 1), 3, '0')
from (
    select item, programming_period, unnest(string_split(categories, '|')) as code
    from kohesio_rows
    where categories is not null and programming_period in ('2014-2020', '2021-2027')
)
where regexp_matches(trim(code), '^\d+(\.0)?$')
union all
select distinct item, 'specific-objective', trim(code)
from (select item, unnest(string_split(specific_objectives, '|')) as code from kohesio_rows where specific_objectives is not null);
