-- Closed dossiers. Nothing is ever overwritten: each file or correction is a batch, and of a cell the row of the
-- newest published batch counts. A batch is visible from the moment it is published, whole.
create table volume_batch (
    tenant text not null references tenant (tenant),
    batch integer not null check (batch > 0),
    who text not null,
    source text not null,
    rows integer not null,
    begun_at integer not null,
    published_at integer,
    primary key (tenant, batch)
) strict;

-- Where nobody said who received the dossiers, receiving_id is the deciding unit's own id.
create table volume (
    tenant text not null,
    unit_id blob not null,
    month integer not null,
    field text not null,
    receiving_id blob not null,
    batch integer not null,
    closed integer not null check (closed >= 0),
    on_time integer,
    late integer,
    online integer,
    refused integer,
    primary key (tenant, unit_id, month, field, receiving_id, batch),
    foreign key (tenant, batch) references volume_batch (tenant, batch)
) strict, without rowid;

-- A file that somebody has sent and is looking at before it is taken; gone after a day, or when it is taken.
create table volume_upload (
    tenant text not null references tenant (tenant),
    upload_id blob not null check (length(upload_id) = 16),
    who text not null,
    name text not null,
    file blob not null,
    uploaded_at integer not null,
    primary key (tenant, upload_id)
) strict;
