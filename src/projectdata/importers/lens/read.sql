-- How the lens reads. It expects lens_texts(record_id, title, body), lens_found(record_id, scheme,
-- code), lens_categories, lens_schemes and lens_keywords, and leaves lens_services,
-- lens_target_groups and lens_relevance. No step depends on the order of the rows.

-- A hyphen and an apostrophe end a word but stay on it, so that the words can be shown as written.
create or replace temp macro lens_tokens(text) as
    string_split(replace(replace(replace(replace(text, '-', '- '), '''', ''' '), '’', '’ '), chr(10), ' '), ' ');

create or replace temp macro lens_fold(text) as
    strip_accents(translate(replace(replace(replace(lower(text), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
                            'øłđħıς', 'oldhiσ'));

create or replace temp macro lens_letters(text) as
    trim(regexp_replace(text, '[^0-9a-zͰ-ӿ]+', ' ', 'g'));

create or replace temp macro lens_shown(words) as
    trim(replace(replace(replace(words, '- ', '-'), ''' ', ''''), '’ ', '’'), ' .,;:!?()[]{}"“”„«»''’/*|-–');

-- One row per word of the texts as written: what is folded is 1 word in 100 of the running text.
create or replace temp table lens_vocabulary as
with counted as (
    select token, count(*) as times
    from (
        select unnest(lens_tokens(title)) as token from lens_texts
        union all
        select unnest(lens_tokens(body)) from lens_texts
    )
    where token <> ''
    group by token
)
select token, lens_letters(lens_fold(token)) as word, times from counted;

-- One row per written word and part of a keyword that it begins with, or is.
create or replace temp table lens_parts as
with keyword_words as (
    select distinct unnest(string_split(pattern, ' ')) as part from lens_keywords
),
lengths as (
    select distinct length(part) - 1 as letters from keyword_words where part like '%*'
),
known as (select distinct word from lens_vocabulary),
matched as (
    select word, word as part from known semi join keyword_words on part = word
    union all
    select word, left(word, letters) || '*' from known join lengths on length(word) >= letters
    semi join keyword_words on part = left(word, letters) || '*'
)
select token, part, times from matched join lens_vocabulary using (word);

-- One row per keyword: its two parts that are rarest in these texts are looked for first.
create or replace temp table lens_anchors as
with spread as (
    select pattern, unnest(string_split(pattern, ' ')) as part,
        generate_subscripts(string_split(pattern, ' '), 1) as place
    from lens_keywords
),
frequency as (select part, sum(times) as times from lens_parts group by part),
ranked as (
    select pattern, part, place,
        row_number() over (partition by pattern order by coalesce(times, 0), place) as rarity
    from spread left join frequency using (part)
)
select pattern, len(string_split(pattern, ' ')) as words, replace(pattern, '*', '%') as shape,
    max(part) filter (rarity = 1) as part, max(place) filter (rarity = 1) as place,
    max(part) filter (rarity = 2) as second, max(place) filter (rarity = 2) as second_place
from ranked group by pattern;

create or replace temp table lens_hits as
select token, pattern, place, words, shape, second, second_place
from lens_anchors join lens_parts using (part);

-- One row per keyword found. All the words of a keyword stand side by side, as written.
create or replace temp table lens_read as
with running as (
    select record_id, true as in_title, lens_tokens(title) as tokens from lens_texts
    union all
    select record_id, false, lens_tokens(body) from lens_texts
),
placed as (
    select record_id, in_title, tokens, unnest(tokens) as token,
        generate_subscripts(tokens, 1) as position
    from running
),
candidates as (
    select record_id, in_title, tokens, pattern, words, shape, second, position - place + 1 as start,
        case when words > 1 then tokens[position - place + second_place] end as neighbour
    from placed join lens_hits using (token)
    where position >= place
),
standing as (
    select record_id, in_title, pattern, words, shape, start,
        case when words = 1 then tokens[start]
            else array_to_string(tokens[start:start + words - 1], ' ') end as written
    from candidates
    left join lens_parts on lens_parts.token = neighbour and lens_parts.part = second
    where words = 1 or lens_parts.token is not null
)
select record_id, in_title, pattern, start, lens_shown(written) as written
from standing
where words < 3 or lens_letters(lens_fold(written)) like shape;

-- One row per record and keyword, first in the title, then where the text says it first.
create or replace temp table lens_words as
select record_id, pattern, bool_or(in_title) as in_title,
    arg_min(written, (not in_title, start)) as written,
    min((not in_title, start)) as place
from lens_read group by record_id, pattern;

-- One row per record and category that is known, with its meaning.
create or replace temp table lens_said as
select distinct found.record_id, schemes.scheme, categories.code,
    replace(schemes.evidence, '{code}', categories.code) as evidence,
    categories.service, categories.target_group, categories.is_social
from lens_found as found
join lens_schemes as schemes using (scheme)
join lens_categories as categories
    on categories.scheme = found.scheme
    and lens_fold(categories.code) = lens_fold(case
        when found.scheme like 'intervention-%'
            then lpad(regexp_extract(trim(found.code), '^(\d{1,3})(\.0)?$', 1), 3, '0')
        when found.scheme like 'eura-%' then regexp_extract(trim(found.code), '^\d+(\.\d+)?')
        else trim(found.code)
    end);

-- One row per record that is a social-service project, and why.
create or replace table lens_relevance as
with by_category as (
    select record_id, string_agg(distinct evidence, '; ' order by evidence) as evidence
    from lens_said where is_social group by record_id
),
telling as (
    select words.*, keywords.service, keywords.target_group
    from lens_words as words join lens_keywords as keywords using (pattern)
    where keywords.is_social
),
grouped as (select distinct record_id, true as has_group from lens_said where target_group is not null),
-- Two words that mean the same thing say it once.
by_words as (
    select record_id
    from telling left join grouped using (record_id)
    group by record_id
    having bool_or(in_title)
        or (bool_or(service is not null)
            and (count(distinct (service, target_group)) > 1 or bool_or(has_group)))
),
shown as (
    select record_id, string_agg(written, '; ' order by place) as evidence
    from (
        select record_id, written, min(place) as place
        from telling semi join by_words using (record_id)
        group by record_id, written
        qualify row_number() over (partition by record_id order by min(place), written) <= 5
    )
    group by record_id
)
select record_id, 'category' as basis, evidence from by_category
union all
select record_id, 'read', evidence from shown anti join by_category using (record_id);

-- A word in the title always counts; a word of the body only where the record is relevant.
create or replace temp table lens_meant as
select record_id, keywords.service, keywords.target_group, words.written, words.place
from lens_words as words join lens_keywords as keywords using (pattern)
where words.in_title or record_id in (select record_id from lens_relevance);

create or replace table lens_services as
with by_category as (
    select record_id, service, string_agg(distinct evidence, '; ' order by evidence) as evidence
    from lens_said where service is not null group by record_id, service
),
by_words as (
    select record_id, service, string_agg(written, '; ' order by place) as evidence
    from (
        select record_id, service, written, min(place) as place
        from lens_meant where service is not null
        group by record_id, service, written
        qualify row_number() over (partition by record_id, service order by min(place), written) <= 5
    )
    group by record_id, service
)
select record_id, service, 'category' as basis, evidence from by_category
union all
select record_id, service, 'read', evidence from by_words anti join by_category using (record_id, service);

create or replace table lens_target_groups as
with by_category as (
    select record_id, target_group, string_agg(distinct evidence, '; ' order by evidence) as evidence
    from lens_said where target_group is not null group by record_id, target_group
),
by_words as (
    select record_id, target_group, string_agg(written, '; ' order by place) as evidence
    from (
        select record_id, target_group, written, min(place) as place
        from lens_meant where target_group is not null
        group by record_id, target_group, written
        qualify row_number() over (partition by record_id, target_group order by min(place), written) <= 5
    )
    group by record_id, target_group
)
select record_id, target_group, 'category' as basis, evidence from by_category
union all
select record_id, target_group, 'read', evidence
from by_words anti join by_category using (record_id, target_group);
