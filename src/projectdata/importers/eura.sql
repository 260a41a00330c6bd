-- EURA: the rows of one file, in the view `cells` with one column per known name (empty where the
-- file has none), into the staging tables. $scheme says which of the exports the file is.

-- One row per row and amount that the file has a column for.
create or replace temp table eura_amounts as
select _row, measure, said(cell) as cell, as_amount(said(cell)) as amount
from (
    select _row, 'eu_and_state_granted' as measure, eu_and_state_granted as cell from cells
    union all select _row, 'eu_and_state_realised', eu_and_state_realised from cells
    union all select _row, 'public_funding_planned', public_funding_planned from cells
    union all select _row, 'public_funding_realised', public_funding_realised from cells
    union all select _row, 'total_budget', total_budget from cells
)
where list_contains($measures, measure);

-- One row per row of the file that can be taken or refused: its values, and why not.
create or replace temp table eura_rows as
with listed as (
    select
        _row, upper(said(code)) as code, said(start_date) as start_said, said(end_date) as end_said,
        words(name) as name, words(implementer) as implementer, words(authority) as authority
    from cells
),
typed as (
    select
        *, as_day(start_said) as start_date, as_day(end_said) as end_date,
        coalesce(regexp_full_match(code, '[A-Z]\d{3,}'), false) as is_project
    from listed
),
wrong as (
    select _row, min(cell) as cell from eura_amounts
    where cell is not null and amount is null group by _row
),
judged as (
    select
        t.*,
        $scheme = 'eura-2021' and not is_project
            and _row > (select coalesce(max(_row), 9223372036854775807) from typed where is_project) as is_footer,
        wrong.cell as wrong_amount
    from typed as t left join wrong using (_row)
)
select
    _row, code, name, implementer, authority, start_date, end_date, is_footer,
    case
        when is_footer then 'a footer, not a project'
        when code is null then 'the project has no code'
        when code in ('KOODI', 'HANKEKOODI') then 'the header stands here again'
        when not is_project then 'the code is “' || left(code, 80) || '”; a code is a letter and a number'
        when start_said is not null and start_date is null then 'the start date is “' || left(start_said, 40) || '”, which is no day (day.month.year)'
        when end_said is not null and end_date is null then 'the end date is “' || left(end_said, 40) || '”, which is no day (day.month.year)'
        when wrong_amount is not null then 'an amount is “' || left(wrong_amount, 40) || '”, which is no amount'
    end as reason
from judged;

insert into refused select $file, _row, reason from eura_rows where reason is not null;

-- One row per project that no earlier row or file has: its first row. Names of private persons,
-- whom Finnvera's codes and the mark of a sole trader tell, go no further.
create or replace temp table eura_new as
select
    (select coalesce(max(op), 0) from operations) + row_number() over (order by _row) as op,
    r.* exclude (reason, is_footer),
    coalesce(
        ($scheme = 'eura-2007' and (regexp_full_match(code, '[A-Z]\d{9}') or starts_with(fold(authority), 'finnvera')))
        or regexp_matches(fold(implementer), '(^|\s)(t:?mi|toiminimi)(\s|$)'), false) as is_person
from eura_rows as r
where reason is null and 'eura-' || lower(code) not in (select record_id from operations)
qualify row_number() over (partition by code order by _row) = 1;

insert into operations
with read as (
    select
        n.*,
        -- A person's firm often names the project too.
        case when not (n.is_person and contains(fold(n.name), fold(n.implementer))) or n.implementer is null then n.name end as shown,
        words(c.programme) as programme, words(c.summary) as summary,
        words(c.town) as town, said(c.group_code) as group_code, said(c.card_url) as card_url,
        coalesce(
            f.fund,
            case when contains(upper(c.fund_part), 'JTF') then 'jtf' when contains(upper(c.fund_part), 'EAKR') then 'erdf' end,
            case left(n.code, 1) when 'A' then 'erdf' when 'J' then 'jtf'
                when 'S' then if($scheme = 'eura-2021', 'esf-plus', 'esf') end
        ) as fund
    from eura_new as n join cells as c using (_row)
    left join eura_funds as f on f.name = replace(upper(said(c.fund)), ' ', '')
),
placed as (
    select *,
        case
            when $scheme = 'eura-2021' then 'fi-innovation-skills-2021-2027'
            when $scheme = 'eura-2014' then 'fi-sustainable-growth-2014-2020'
            when fund = 'esf' then 'fi-esf-2007-2013'
            else 'fi-' || coalesce(slug(programme), 'erdf') || '-2007-2013'
        end as programme_id,
        case
            when $scheme = 'eura-2021' then 'Uudistuva ja osaava Suomi 2021–2027'
            when $scheme = 'eura-2014' then 'Kestävää kasvua ja työtä 2014–2020'
            when fund = 'esf' then 'Manner-Suomen ESR-ohjelma 2007–2013'
            else coalesce(programme, 'EAKR') || ' 2007–2013'
        end as programme_name
    from read
)
select
    op, 'eura-' || lower(code), $file, _row, $source, code, $scheme, null,
    null, null, shown, if(shown is null, null, 'stated'), shown, if(shown is null, null, 'fi'),
    null, summary,
    'finnish-regional', programme_id, programme_name, fund, $period, null,
    if(starts_with(card_url, 'https://') or starts_with(card_url, 'http://'), card_url, $card || code),
    start_date, end_date, 'day',
    $period, null,
    concat_ws(' ', group_code, town)
from placed;

insert into amounts_read
select n.op, a.measure, if(a.amount < 0, null, a.amount), 'EUR',
    case when a.amount is null or a.amount < 0 then 'not_published' when a.amount = 0 then 'zero' else 'published' end,
    case when a.amount < 0 then 'The register prints an amount below zero: ' || a.cell || '.'
        when a.measure = 'eu_and_state_granted' and $is_planned and a.amount > 0 then 'The register calls this money planned.' end,
    case when a.amount < 0 then 'Rekisterissä on nollaa pienempi summa: ' || a.cell || '.'
        when a.measure = 'eu_and_state_granted' and $is_planned and a.amount > 0 then 'Rekisterissä rahoitus on suunniteltua.' end
from eura_new as n join eura_amounts as a using (_row);

insert into period_notes
select n.op, 'The register says that the project was broken off.', 'Rekisterin mukaan hanke on keskeytynyt.'
from eura_new as n join cells as c using (_row)
where starts_with(lower(said(c.state)), 'keskeytynyt');

insert into seats_read
with named as (
    select n.op, 'funder' as "role", n.authority as name, null as business_id from eura_new as n
    union all
    select n.op, 'beneficiary', n.implementer, nullif(regexp_extract(said(c.business_id), '\d{7}-\d', 0), '')
    from eura_new as n join cells as c using (_row) where not n.is_person
)
select op,
    case when business_id is not null then 'eura-y-' || business_id
        else 'eura-by-name-' || substr(md5(fold(name)), 1, 16) end,
    "role", null, name, null, 'FI', null, null, null, null, null, business_id
from named where name is not null or business_id is not null;

-- Places: `FI193 Keski-Suomi`, several of them in one cell too; else the country.
create or replace temp table eura_places as
with parted as (
    select n.op, trim(part, ' ,;|' || chr(10) || chr(9)) as part
    from (
        select n.op, unnest(string_split(
            regexp_replace(words(c.place), '(^|[,;|\s])(FI\d[0-9A-Z]{0,2})\s', chr(30) || '\2 ', 'g'), chr(30))) as part
        from eura_new as n join cells as c using (_row)
    ) as n
)
select distinct op,
    nullif(regexp_extract(part, '^(FI\d[0-9A-Z]{0,2})(\s|$)', 1), '') as code,
    coalesce(nullif(regexp_extract(part, '^FI\d[0-9A-Z]{0,2}\s+(.*)$', 1), ''), part) as label
from parted where part <> '';

insert into places_read
select op, label, 'FI', if(length(code) = 5, code, null), null, null, 'implementation', 'region' from eura_places
union all
select op, null, 'FI', null, null, null, 'implementation', 'country'
from eura_new where op not in (select op from eura_places);

insert into regions_read
select distinct code, 'nuts3', 'FI', label from eura_places where length(code) = 5;

insert into found_categories
select n.op, 'eura-2014-axis', regexp_extract(said(c.axis), '(\d+)', 1)
from eura_new as n join cells as c using (_row)
where $scheme = 'eura-2014' and regexp_matches(c.axis, '\d')
union
select n.op, 'eura-2021-objective', regexp_extract(said(c.axis), '(\d+)', 1)
from eura_new as n join cells as c using (_row)
where $scheme = 'eura-2021' and regexp_matches(c.axis, '\d')
union
select n.op, 'eura-2021-objective', regexp_extract(said(c.objective), '(\d+\.\d+)', 1)
from eura_new as n join cells as c using (_row)
where $scheme = 'eura-2021' and regexp_matches(c.objective, '\d+\.\d+')
union
select op, 'intervention-2021', lpad(regexp_extract(trim(part), '^(\d{1,3})', 1), 3, '0')
from (
    select n.op, unnest(string_split_regex(said(c.intervention), '[;|\n]')) as part
    from eura_new as n join cells as c using (_row)
)
where regexp_matches(trim(part), '^\d{1,3}(\D|$)');
