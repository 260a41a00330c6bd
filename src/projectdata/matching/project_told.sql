-- One row per record that is a candidate: everything it states that is compared.
create or replace temp table told as
with chosen as (select one as no from candidate union select other from candidate),
here as (select record.no, record.project_id from record join chosen using (no))
select
    record.no, record.project_id, record.register, record.code, record.is_in_depth,
    naming.names, naming.titles, naming.acronym, naming.fund, naming.programming_period,
    list_distinct(flatten(list_transform(naming.names, lambda n: short_names(n)))
        || case when naming.acronym is null then []
           else [letters(naming.acronym)] end) as short,
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
