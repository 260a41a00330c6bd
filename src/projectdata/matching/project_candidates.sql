-- Which records may be the same, found by keys they share, so that only these are compared in full.

-- One row per key of a record. `word` is set where one shared key means little: several such words
-- must be shared. `crowd` is how many records of a side may share the key before it tells nothing.
-- `is_half` marks a key that counts only if the other side's is not half: a code that is mentioned,
-- where it is the other's own; and a word or an acronym without the month of the start, where the
-- other side has no start.
-- Everything of a name is read from it in one go, so that a large register streams through.
create or replace temp view key as
with
named as not materialized (
    select no, register, unnest(names) as name, names[1] as first, acronym from naming
),
item as not materialized (
    select no, register, unnest(
        [{'kind': 'name', 'value': hash(list_sort(list_distinct(string_split(plain(name), ' '))))}]
        || list_transform(short_names(name), lambda s: {'kind': 'short', 'value': hash(s)})
        || case when length(name) <= 20 then [{'kind': 'short', 'value': hash(letters(name))}]
           else [] end
        || case when acronym is null or name <> first then []
           else [{'kind': 'short', 'value': hash(letters(acronym))}] end
        || list_transform(list_filter(string_split(plain(name), ' '), lambda w: length(w) >= 4),
                          lambda w: {'kind': 'word', 'value': hash(w)}),
        recursive := true)
    from named
)
select item.no, item.register, hash(kind, value, start.month + step) as key,
    case when kind = 'word' then value end as word, getvariable('crowd') as crowd,
    step is null and kind <> 'name' and start.month is not null as is_half
from item left join start using (no, register), (values (null), (0), (1)) as steps (step)
where step is null or (start.month is not null and kind <> 'name')
union all
select no, register, hash('code', code), null, getvariable('crowd'), false
from record where length(code) >= 5
union all
select no, register, hash('code', unnest(list_distinct(
    codes_in(coalesce(url, ''), '[A-Za-z0-9._-]*[0-9][A-Za-z0-9._-]*')
    || codes_in(concat_ws(' ', acronym, array_to_string(names, ' ')),
                '[A-Za-z0-9._/-]*[0-9][A-Za-z0-9._/-]*')))), null, getvariable('crowd'), true
from naming
where regexp_matches(concat_ws(' ', url, acronym, array_to_string(names, ' ')), '[0-9]')
union all
select start.no, start.register, hash('sum', start.start_date, round(a.amount_eur)), null,
    getvariable('small_crowd'), false
from start join record using (no, register) join stated.amounts as a using (project_id)
where a.amount_eur > 0 and a.measure not like '%realised'
union all
select leader.no, leader.register, hash('lead', start.start_date, plain(leader.name)), null,
    getvariable('small_crowd'), false
from (select no, register, unnest([name_original, name_en, name_fi]) as name from leader) as leader
join start using (no, register)
where leader.name is not null;

create or replace temp table largest as
select register from record group by 1 order by count(*) desc, 1 limit 1;

-- The keys of the registers but the largest. Those that a whole crowd shares tell nothing.
create or replace temp table few as
select distinct no, register, key, word, is_half
from key where register <> (from largest)
qualify count(*) over (partition by key) <= crowd;

-- The largest register is read past the keys of the others, so that its own are never held.
create or replace temp table many as
select distinct no, register, key, word, is_half
from key where register = (from largest) and key in (select key from few)
qualify count(*) over (partition by key) <= crowd;

-- How many words the shortest name of a record has.
create or replace temp table length as
select no, least(
    coalesce(length(string_split(plain(names[1]), ' ')), 99),
    coalesce(length(string_split(plain(names[2]), ' ')), 99),
    coalesce(length(string_split(plain(names[3]), ' ')), 99)) as words
from naming
where no in (select no from few union select no from many);

create or replace temp table candidate as
with
shared as (
    select f.no as one, o.no as other, f.word
    from few as f join few as o on o.key = f.key and f.no < o.no and f.register <> o.register
    where not (f.is_half and o.is_half)
    union all
    select least(f.no, m.no), greatest(f.no, m.no), f.word
    from few as f join many as m using (key)
    where not (f.is_half and m.is_half)
),
counted as (
    select one, other, bool_or(word is null) as is_strong, count(distinct word) as words
    from shared group by one, other
)
select one, other
from counted
join length as a on a.no = one
join length as b on b.no = other
where is_strong or counted.words >= greatest(2, 0.4 * least(a.words, b.words))
union
select least(a.no, b.no), greatest(a.no, b.no)
from stated.same_as as pair
join record as a on a.project_id = pair.project_id
join record as b on b.project_id = pair.other_project_id;
