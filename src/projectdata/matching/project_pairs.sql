-- Which records of projects may be the same, found by keys they share, so that only these are
-- compared in full. Temporary tables; `stated` holds the tables of the data package.

create or replace temp macro plain(text) as
    trim(regexp_replace(strip_accents(lower(text)), '[^\p{L}\p{N}]+', ' ', 'g'));

create or replace temp macro name_words(text) as
    list_sort(list_distinct(list_filter(string_split(plain(text), ' '),
        lambda w: w not in ('', 'a', 'and', 'de', 'for', 'hanke', 'hankkeen', 'ja', 'la', 'of',
                            'och', 'on', 'project', 'projekt', 'projekti', 'the', 'und'))));

create or replace temp macro code_key(text) as
    regexp_replace(upper(text), '[^A-Z0-9]', '', 'g');

-- What a code looks like somewhere in a text: letters and figures, long enough to mean one project.
create or replace temp macro codes_in(text, pattern) as
    list_filter(list_transform(regexp_extract_all(text, pattern), lambda c: code_key(c)),
                lambda c: length(c) between 6 and 40
                          and (regexp_matches(c, '[A-Z]') or length(c) >= 9)
                          and regexp_matches(c, '[0-9]'));

-- A short name inside a longer one: before a dash or colon, after the last dash, in brackets.
create or replace temp macro short_names(text) as
    list_filter(
        list_transform(
            [regexp_extract(text, '^\s*([^\s–—:-][^–—:-]{1,19}?)\s*(?:\s[–—-]|:)', 1),
             regexp_extract(text, '\s[–—-]+\s*([^\s–—-]{3,20})\s*$', 1),
             regexp_extract(text, '\(([^()\s]{3,20})\)', 1)],
            lambda s: replace(plain(s), ' ', '')),
        lambda s: length(s) between 3 and 20);

-- One row per record. Registers are never matched within themselves; a record of no register
-- belongs to what the curated dataset holds of its collection.
create or replace temp table record as
select
    row_number() over (order by p.project_id)::integer as no,
    p.project_id,
    case
        when p.code_scheme like 'eura%' then 'eura'
        when p.code_scheme is not null then p.code_scheme
        else 'collection ' || coalesce(p.collection, '')
    end as register,
    p.code_scheme,
    nullif(code_key(p.code), '') as code,
    coalesce(p.is_in_depth, false) as is_in_depth
from stated.projects as p
where coalesce(p.name_en, p.name_fi, p.name_original, p.acronym) is not null;

create or replace temp view naming as
select
    record.no,
    list_distinct(list_filter([p.name_original, p.name_en, p.name_fi], lambda n: n is not null))
        as names,
    list_filter([{'text': p.name_original, 'language': p.original_language},
                 {'text': p.name_en, 'language': 'en'}, {'text': p.name_fi, 'language': 'fi'}],
                lambda n: n.text is not null) as titles,
    p.acronym,
    p.url,
    p.fund,
    p.programming_period
from record join stated.projects as p using (project_id);

-- Days of start; two starts within a month share one of two neighbouring months of 31 days.
create or replace temp view start as
select distinct record.no, period.start_date, (period.start_date - date '1990-01-01') // 31 as month
from record join stated.periods as period using (project_id)
where period.start_date is not null and coalesce(period.precision, 'day') <> 'year';

create or replace temp view leader as
select distinct record.no, o.organisation_id, o.name_original, o.name_en, o.name_fi, o.country
from record
join stated.participations as part using (project_id)
join stated.organisations as o using (organisation_id)
where part.role in ('lead', 'beneficiary');

-- One row per key of a record. `word` is set where one shared key means little: two such words
-- must be shared.
create or replace temp view key as
with
named as (select no, unnest(names) as name from naming),
short as (
    select no, unnest(short_names(name)) as acronym from named
    union
    select no, replace(plain(acronym), ' ', '') from naming where acronym is not null
    union
    select no, replace(plain(name), ' ', '') from named where length(name) <= 20
),
word as (select distinct no, unnest(name_words(name)) as word from named)
select no, hash('code', code) as key, null::ubigint as word from record where length(code) >= 5
union all
select no, hash('code', unnest(list_distinct(
    codes_in(coalesce(url, ''), '[A-Za-z0-9._-]*[0-9][A-Za-z0-9._-]*')
    || codes_in(concat_ws(' ', acronym, array_to_string(names, ' ')),
                '[A-Za-z0-9._/-]*[0-9][A-Za-z0-9._/-]*')))), null
from naming
where regexp_matches(concat_ws(' ', url, acronym, array_to_string(names, ' ')), '[0-9]')
union all
select no, hash('name', list_sort(name_words(name))), null from named
where length(plain(name)) >= 5
union all
select short.no, hash('short', acronym), null from short where length(acronym) >= 4
union all
select short.no, hash('short', acronym, start.month + step), null
from short join start using (no), (values (0), (1)) as steps (step)
union all
select start.no, hash('sum', start.start_date, round(a.amount_eur)), null
from start join record using (no) join stated.amounts as a using (project_id)
where a.amount_eur > 0 and a.measure not like '%realised'
union all
select leader.no, hash('lead', start.start_date, name_words(leader.name)), null
from (select no, unnest([name_original, name_en, name_fi]) as name from leader) as leader
join start using (no)
where leader.name is not null
union all
select no, hash('rare', word), hash(word) from word where length(word) >= 5
union all
select word.no, hash('word', word, start.month + step), hash(word)
from word join start using (no), (values (0), (1)) as steps (step)
where length(word) >= 4;

-- The keys of the registers but the largest. Those that a whole crowd shares tell nothing.
create or replace temp table few as
select key.*, record.register
from key join record using (no)
where record.register <> (select register from record group by 1 order by count(*) desc, 1 limit 1)
qualify count(*) over (partition by key.key) <= getvariable('crowd');

-- The largest register is read past the keys of the others, so that its own are never held.
create or replace temp table many as
select key.*, record.register
from key join record using (no)
where record.register = (select register from record group by 1 order by count(*) desc, 1 limit 1)
    and key.key in (select key from few)
qualify count(*) over (partition by key.key) <= getvariable('crowd');

create or replace temp table candidate as
with
shared as (
    select f.no as one, o.no as other, f.word
    from few as f join few as o on o.key = f.key and f.no < o.no and f.register <> o.register
    union all
    select least(f.no, m.no), greatest(f.no, m.no), f.word
    from few as f join many as m using (key)
)
select one, other from shared
group by one, other
having count(*) filter (where word is null) > 0 or count(distinct word) >= 2
union
-- One row of a register that two records stand for.
select a.no, b.no
from record as a join record as b on a.code = b.code and a.code_scheme = b.code_scheme and a.no < b.no
union
select least(a.no, b.no), greatest(a.no, b.no)
from stated.same_as as pair
join record as a on a.project_id = pair.project_id
join record as b on b.project_id = pair.other_project_id;

-- One row per record that is a candidate: everything it states that is compared.
create or replace temp table told as
with chosen as (select one as no from candidate union select other from candidate),
here as (select record.no, record.project_id from record join chosen using (no))
select
    record.no, record.project_id, record.register, record.code, record.is_in_depth,
    naming.names, naming.titles, naming.acronym, naming.fund, naming.programming_period,
    list_distinct(flatten(list_transform(naming.names, lambda n: short_names(n)))
        || case when naming.acronym is null then []
           else [replace(plain(naming.acronym), ' ', '')] end) as short,
    list_distinct(codes_in(coalesce(naming.url, ''), '[A-Za-z0-9._-]*[0-9][A-Za-z0-9._-]*')
        || codes_in(concat_ws(' ', naming.acronym, array_to_string(naming.names, ' ')),
                    '[A-Za-z0-9._/-]*[0-9][A-Za-z0-9._/-]*')) as mentions,
    coalesce(periods.list, []) as periods,
    coalesce(amounts.list, []) as amounts,
    coalesce(leaders.list, []) as leaders,
    coalesce(places.list, []) as countries
from here
join record using (no)
join naming using (no)
left join (
    select no, list({'start': start_date, 'end': end_date, 'precision': precision}
                    order by is_displayed desc, period_id) as list
    from stated.periods join here using (project_id) group by no
) as periods using (no)
left join (
    select no, list({'measure': measure, 'amount': amount_eur, 'rounded': precision = 'rounded'}
                    order by is_displayed desc, amount_id) as list
    from stated.amounts join here using (project_id)
    where amount_eur > 0 and measure not like '%realised' group by no
) as amounts using (no)
left join (
    select no, list({'id': organisation_id, 'country': country,
                     'names': list_filter([name_original, name_en, name_fi],
                                          lambda n: n is not null)}
                    order by organisation_id) as list
    from leader join chosen using (no) group by no
) as leaders using (no)
left join (
    select no, list_sort(list(distinct country)) as list
    from stated.places join here using (project_id)
    where country is not null group by no
) as places using (no);
