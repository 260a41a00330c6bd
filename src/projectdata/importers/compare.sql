-- What the earlier import of the register has, in `old_scopes`, and what becomes of it.

-- One row per record: which part of the register it is of, and a digest of what is said of it.
create table new_scopes as
select o.op, o.record_id, o.part_one, o.part_two, l.op is not null as is_social,
    hash(o.name_en, o.name_original, o.start_date, o.end_date, o.programme_id, o.fund, o.summary_en, o.summary_fi,
        a.amounts)::varchar as digest
from operations as o
left join (select distinct record_id as op from lens_relevance) as l using (op)
left join (select op, bit_xor(hash(measure, amount, state)) as amounts from amounts_read group by op) as a using (op);

-- A file of one country or one period says nothing of the others: where all records of an import
-- agree in a part of the register, records of other parts stay.
create table bounds as
select
    if(count(distinct part_one) = 1 and count(part_one) = count(*), min(part_one), null) as one,
    if(count(distinct part_two) = 1 and count(part_two) = count(*), min(part_two), null) as two
from new_scopes;

create table replaced as
select old_scopes.* from old_scopes, bounds
where (bounds.one is null or part_one = bounds.one) and (bounds.two is null or part_two = bounds.two);

-- The records that stay, and the number of each among all: see `ordinals` in tables.sql.
create table standing_records as
select record_id, is_social,
    row_number() over (order by not is_social, _n) - 1
        + (select count(*) from new_scopes where is_social or not old_scopes.is_social) as n
from old_scopes
anti join replaced using (record_id) anti join new_scopes using (record_id);

create table fates as
select coalesce(n.record_id, o.record_id) as record_id, case
    when o.record_id is null then 'added'
    when n.record_id is null then 'gone'
    when n.digest <> o.digest then 'changed'
    else 'same' end as fate
from new_scopes as n
full join (from old_scopes anti join standing_records using (record_id)) as o using (record_id);
