-- Erasmus+: the rows of one list, in `erasmus_cells`, and one row per row and partner with a name,
-- in `erasmus_partners`, into the staging tables. $file and $source name the file and its source.

-- One row per row of the file: its values, and why it is not taken.
create or replace temp table erasmus_rows as
with cleaned as (
    select _row,
        list_transform([identifier, reference, national, call_year, start_date, end_date, grant_said, card, countries, coordinator_country],
            lambda cell: said(cell)) as saids,
        list_transform([programme, funding, key_action, action, title, summary, topics, coordinator_region], lambda cell: words(cell)) as texts
    from erasmus_cells
),
read as (
    select _row,
        saids[1] as identifier, saids[2] as reference, saids[3] as national, saids[4] as year_said,
        saids[5] as start_said, saids[6] as end_said, saids[7] as grant_said, saids[8] as card,
        saids[9] as countries_said, saids[10] as coordinator_country,
        texts[1] as programme_said, string_split(texts[2], '\') as path, texts[3] as key_action, texts[4] as action,
        regexp_replace(texts[5], '\s+', ' ', 'g') as title, texts[6] as summary, texts[7] as topics, texts[8] as region
    from cleaned
),
typed as (
    select *,
        lower(identifier) as identity,
        coalesce(programme_said, bare(coalesce(path[2], path[1]))) as programme,
        -- The identifier of a project of a national agency begins with the year of its call.
        coalesce(
            try_cast(regexp_extract(year_said, '^(20\d\d)(\.0)?$', 1) as integer),
            try_cast(regexp_extract(identifier, '^(20\d\d)-\d-[A-Z]{2}\d\d-', 1) as integer)
        ) as call_year,
        regexp_extract(array_to_string(path, ' '), '(20\d\d) ?[-–] ?(20\d\d)', 0) as path_years,
        as_day(start_said) as start_date, as_day(end_said) as end_date, as_amount(grant_said) as grant_eur
    from read
)
select * exclude (path),
    case
        when path_years in ('2000-2006', '2007-2013') then path_years
        when call_year between 2000 and 2006 then '2000-2006'
        when call_year between 2007 and 2013 then '2007-2013'
        when call_year between 2014 and 2020 then '2014-2020'
        when call_year between 2021 and 2027 then '2021-2027'
    end as programming_period,
    coalesce(programme ilike 'Erasmus+%' or programme ilike 'Erasmus plus%', false) as is_erasmus_plus,
    coalesce(programme_said ilike 'Erasmus%' or regexp_matches(lower(path[1]), '^(education|youth|sport)'), false) as is_learning,
    coalesce(regexp_matches(lower(coalesce(path[1], programme_said)), '^(culture|creative europe)'), false) as is_culture,
    case
        when identifier is null then 'the project has no identifier'
        when identity in ('project identifier', 'project number') then 'the header stands here again'
        when length(identifier) > 100 or not regexp_matches(identifier, '\d') or slug(identifier) = ''
            then 'the identifier is “' || left(identifier, 80) || '”, which is no number of a project'
        when start_said is not null and start_date is null then 'the start date is “' || left(start_said, 40) || '”, which is no day (day/month/year)'
        when end_said is not null and end_date is null then 'the end date is “' || left(end_said, 40) || '”, which is no day (day/month/year)'
        when grant_said is not null and grant_eur is null then 'the grant is “' || left(grant_said, 40) || '”, which is no amount'
        when grant_eur < 0 then 'the grant is below zero: ' || left(grant_said, 40)
    end as reason
from typed;

insert into refused select $file, _row, reason from erasmus_rows where reason is not null;

-- One row per project that no earlier row or file has: its first row.
create or replace temp table erasmus_new as
select r.* exclude (reason),
    (select count(*) from erasmus_known) + row_number() over (order by _row) as op,
    'erasmus-' || slug(identifier)
        || if(regexp_full_match(identity, '[a-z0-9]+(-[a-z0-9]+)*'), '', '-' || left(md5(identity), 8)) as record_id,
    list_distinct(list_filter(
        list_transform(regexp_split_to_array(countries_said, '\s*[,;|]\s*'), lambda name: bare(lower(name))),
        lambda name: name <> ''
    )) as country_names
from erasmus_rows as r
where reason is null and identity not in (select identity from erasmus_known)
qualify row_number() over (partition by identity order by _row) = 1;

insert into operations by name
select op, record_id, $file as file, _row as "row", $source as source_id, identifier as code, 'erasmus' as code_scheme,
    title as name_original, summary as summary_en,
    if(is_learning, 'erasmus', 'other') as collection,
    case when is_erasmus_plus and programming_period in ('2014-2020', '2021-2027') then 'erasmus-plus-' || programming_period
         else nullif(slug(programme), '') end as programme_id,
    programme as programme_name, if(is_erasmus_plus, 'erasmus-plus', null) as fund, programming_period,
    -- Cards of Creative Europe and Culture are on another platform.
    if(is_culture, as_web(card), 'https://erasmus-plus.ec.europa.eu/projects/search/details/'
        || url_encode(coalesce(nullif(regexp_extract(card, '(?:#project|/details)/([^/?#]+)$', 1), ''), identifier))) as url,
    start_date, end_date, 'day' as period_precision,
    coalesce(key_action, programme) as part_one, call_year::varchar as part_two,
    concat_ws(' ', reference, national, call_year, key_action, action, region) as more_words
from erasmus_new;

insert into amounts_read
select op, 'grant', grant_eur, 'EUR',
    case when grant_eur is null then 'not_published' when grant_eur = 0 then 'zero' else 'published' end,
    if(grant_eur is null, 'The list gives no grant', 'The award after the selection; what changed later is not in it')
        || coalesce('. Call of ' || call_year || case when start_date is null and end_date is null then '; the list states neither start nor end' else '' end, '') || '.',
    if(grant_eur is null, 'Luettelo ei ilmoita avustusta', 'Valinnan jälkeen myönnetty avustus; myöhemmät muutokset eivät näy siinä')
        || coalesce('. Vuoden ' || call_year || ' haku' || case when start_date is null and end_date is null then '; luettelo ei ilmoita alkua eikä loppua' else '' end, '') || '.'
from erasmus_new
where $has_grant;

-- One row per project and organisation that the list names, and whether it may be a person.
create or replace temp table erasmus_seats as
with named as (
    select _row, 0 as n, coordinator_name as name, coordinator_kind as type, coordinator_address as address,
        coordinator_country as country, coordinator_website as website
    from erasmus_cells where coordinator_name is not null
    union all by name
    select _row, n, name, type, address, country, website from erasmus_partners
),
cleaned as (
    select e.op, e.is_culture, named.n,
        list_transform([name, type, address], lambda cell: words(cell)) as texts,
        list_transform([country, website], lambda cell: said(cell)) as saids
    from named join erasmus_new as e using (_row)
),
read as (
    select op, is_culture, n, regexp_replace(texts[1], '\s+', ' ', 'g') as name, lower(texts[2]) as kind,
        -- A street has no comma after it where nothing else follows: then no town is told.
        case when contains(texts[3], ',') then bare(regexp_extract(texts[3], '([^,]*)$', 1)) end as last_part,
        lower(saids[1]) as country_said, saids[2] as website
    from cleaned
),
placed as (
    select r.*, c.country,
        -- The last part of the address: all of it without digits, else what follows a postcode.
        case
            when regexp_full_match(last_part, '[^\d]{2,40}') then last_part
            else regexp_extract(last_part, '(?:^| )(?:[A-Z]{1,3}[- ])?(?:\d{4,6}|\d{3} \d{2}) +(\D{2,40})$', 1)
        end as town_said
    from read as r left join country_names as c on c.name = country_said
    where r.name is not null
)
select op, n, name, country, nullif(bare(town_said), '') as town, as_web(website) as url,
    $kinds as organisation_type,
    is_culture and n > 0 and coalesce(kind, 'other') in ('other', 'individual', 'artist') as is_left_out
from placed;

insert into seats_read by name
select op,
    -- Schools of several towns share a name, so the town is a part of what one is known by.
    'erasmus-by-name-' || left(md5(concat_ws('|', fold(name), coalesce(country, ''), coalesce(fold(town), ''))), 16) as organisation_id,
    if(min(n) = 0, 'lead', 'partner') as "role", arg_min(name, n) as name_original,
    arg_min(organisation_type, n) as organisation_type, arg_min(country, n) as country, arg_min(town, n) as city,
    arg_min(url, n) as url
from erasmus_seats
where not is_left_out
group by op, organisation_id;

-- Countries that take part and that no organisation told above is in.
insert into places_read by name
select op, country, 'implementation' as place_kind, 'country' as precision
from (
    select e.op, c.country
    from (select op, unnest(country_names) as name from erasmus_new) as e join country_names as c using (name)
    union
    select op, country from erasmus_seats where is_left_out and country is not null
)
where (op, country) not in (select (op, country) from erasmus_seats where not is_left_out and country is not null);

-- A topic may have commas in it.
insert into found_categories
select distinct op, 'erasmus-topic', bare(topic)
from (select op, unnest(string_split(topics, ';')) as topic from erasmus_new where topics is not null)
where bare(topic) <> '';

insert into erasmus_known select identity from erasmus_new;
