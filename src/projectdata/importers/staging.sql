-- How cells of registers are read, and what every register's reading fills. All cells are text.
-- Given: `fold`, small letters without accents.

-- A text without space around it.
create macro bare(cell) as trim(cell, ' ' || chr(160) || chr(9) || chr(10) || chr(13));

-- The text of a cell without space around it, or nothing where it is one of the ways to say nothing.
-- Most cells need neither, and looking is much cheaper than cutting. Of a list of values DuckDB would
-- make a join, which is slow and lets the rows lose their order in the file.
create macro said(cell) as
    case
        when cell < '!' or cell[1] = chr(160) or ends_with(cell, ' ') or ends_with(cell, chr(10))
            or ends_with(cell, chr(160)) then
            list_transform([bare(cell)],
                lambda text: if(lower(text) in ('', 'n.a.', 'n.a', 'n/a', 'na', 'none', 'null', '-', 'nan'), null, text))[1]
        when strlen(cell) <= 4 and regexp_full_match(cell, '[Nn]\.a\.|N\.A\.|n\.a|[Nn]/a|N/A|NA|na|[Nn]one|NONE|[Nn]ull|NULL|-|nan|NaN|NAN') then null
        else cell
    end;

-- A text as it is read: without what spreadsheets and web pages leave behind. A list of one holds
-- what would otherwise be written out, and planned, many times over.
create macro words(cell) as
    case when contains(cell, '_x000D_') or contains(cell, '&') or contains(cell, chr(13)) then
        list_transform([replace(replace(replace(replace(replace(replace(replace(cell, '_x000D_', ''), chr(13), ''),
            '&amp;', '&'), '&quot;', '"'), '&#39;', ''''), '&lt;', '<'), '&gt;', '>')],
            lambda text: said(text))[1]
    else said(cell) end;

-- A day: ISO, day before month, or a spreadsheet's count of days. Never month before day.
create macro as_day(cell) as
    case
        when cell is null then null
        when regexp_full_match(cell, '\d{4}-\d{2}-\d{2}([T ].*)?') then try_cast(substr(cell, 1, 10) as date)
        when regexp_full_match(cell, '\d{1,2}[./-]\d{1,2}[./-]\d{4}([T ].*)?') then
            try_strptime(regexp_extract(replace(replace(cell, '.', '/'), '-', '/'), '^[0-9/]+'), '%-d/%-m/%Y')::date
        when regexp_full_match(cell, '[1-6]\d{4}(\.\d+)?') then date '1899-12-30' + cast(floor(cast(cell as double)) as integer)
    end;

-- An amount: of two kinds of mark the last is the decimal mark; one kind that parts groups of three
-- more than once parts thousands.
create macro as_amount(cell) as
    case
        when cell is null then null
        when regexp_full_match(cell, '-?\d{1,15}(\.\d+)?') then cast(cell as double)
        else list_transform([regexp_replace(cell, '[\s\x{00A0}\x{202F}€]|EUR', '', 'g')],
            lambda text: plain_amount(with_a_point(text)))[1]
    end;
create macro with_a_point(cell) as
    case
        when contains(cell, ',') and contains(cell, '.') then
            case when instr(reverse(cell), ',') < instr(reverse(cell), '.')
                then replace(replace(cell, '.', ''), ',', '.')
                else replace(cell, ',', '') end
        when regexp_full_match(cell, '-?\d{1,3}(,\d{3}){2,}') then replace(cell, ',', '')
        when regexp_full_match(cell, '-?\d{1,3}(\.\d{3}){2,}') then replace(cell, '.', '')
        else replace(cell, ',', '.')
    end;
create macro plain_amount(cell) as
    case when regexp_full_match(cell, '-?\d{1,15}(\.\d+)?') then cast(cell as double) end;

-- A text as a part of a name in an address.
create macro slug(text) as
    trim(regexp_replace(fold(text), '[^a-z0-9]+', '-', 'g'), '-');

-- An address on the web, with a scheme; nothing where it is none. An e-mail address is none.
create macro as_web(cell) as
    case
        when regexp_full_match(said(cell), 'https?://[^\s@]+\.[^\s@]+', 'i') then said(cell)
        when regexp_full_match(said(cell), '([\w-]+\.)+[a-z]{2,}(:\d+)?(/[^\s@]*)?', 'i') then 'http://' || said(cell)
    end;

-- One row per record: what a register says of a project, once.
create table operations (
    -- A number of its own in this import, by which the tables below know it.
    op bigint, record_id varchar, file varchar, "row" bigint, source_id varchar,
    code varchar, code_scheme varchar, acronym varchar,
    name_en varchar, name_en_basis varchar, name_fi varchar, name_fi_basis varchar,
    name_original varchar, original_language varchar, summary_en varchar, summary_fi varchar,
    collection varchar, programme_id varchar, programme_name varchar, fund varchar,
    programming_period varchar, scope varchar, url varchar,
    start_date date, end_date date, period_precision varchar,
    -- Which part of the register it belongs to: an import of one part leaves the others standing.
    part_one varchar, part_two varchar,
    -- What a search looks in besides names and code.
    more_words varchar
);

-- One row per record and measure; a cell that is empty is 'not_published'.
create table amounts_read (
    op bigint, measure varchar, amount double, currency varchar, state varchar,
    note_en varchar, note_fi varchar
);

-- One row per record, organisation and role.
create table seats_read (
    op bigint, organisation_id varchar, "role" varchar, name_en varchar, name_original varchar,
    organisation_type varchar, country varchar, city varchar, nuts3 varchar,
    latitude double, longitude double, url varchar, business_id varchar
);

-- One row per place of a record.
create table places_read (
    op bigint, name varchar, country varchar, nuts3 varchar,
    latitude double, longitude double, place_kind varchar, precision varchar
);

-- One row per region that the files name.
create table regions_read (region varchar, kind varchar, country varchar, label varchar);

-- One row per record and official category; see lens/categories.csv.
create table found_categories (op bigint, scheme varchar, code varchar);

-- One row per record whose period needs a word.
create table period_notes (op bigint, note_en varchar, note_fi varchar);

-- One row per row of a file that was not taken.
create table refused (file varchar, "row" bigint, reason varchar);

-- The country of a NUTS code; else another.
create macro nuts_country(code, otherwise) as
    case
        when code is null or not regexp_full_match(code, '[A-Z]{2}[A-Z0-9]{0,3}') then otherwise
        when left(code, 2) = 'EL' then 'GR'
        when left(code, 2) = 'UK' then 'GB'
        else left(code, 2)
    end;

-- What the lens reads: one row per record, and one per record and category.
create view lens_input as
select op as record_id, concat_ws(' · ', acronym, name_en, if(name_original is distinct from name_en, name_original, null)) as title,
    concat_ws(' ', summary_en, summary_fi) as body
from operations;
create view lens_codes as select op as record_id, scheme, code from found_categories;
