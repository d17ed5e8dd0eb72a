-- Closed dossiers. Nothing is ever overwritten: each file or correction is a batch, and of a cell the row of the
-- newest published batch counts. A batch is visible from the moment it is published, whole.
create table volume_batch (
    tenant text not null references tenant (tenant),
    batch bigint not null check (batch > 0),
    who text not null,
    source text not null,
    rows bigint not null,
    begun_at bigint not null,
    published_at bigint,
    primary key (tenant, batch)
);

-- Where nobody said who received the dossiers, receiving_id is the deciding unit's own id.
create table volume (
    tenant text not null,
    unit_id bytea not null,
    month bigint not null,
    field text not null,
    receiving_id bytea not null,
    batch bigint not null,
    closed bigint not null check (closed >= 0),
    on_time bigint,
    late bigint,
    online bigint,
    refused bigint,
    primary key (tenant, unit_id, month, field, receiving_id, batch),
    foreign key (tenant, batch) references volume_batch (tenant, batch)
);

-- A file that somebody has sent and is looking at before it is taken; gone after a day, or when it is taken.
create table volume_upload (
    tenant text not null references tenant (tenant),
    upload_id bytea not null check (length(upload_id) = 16),
    who text not null,
    name text not null,
    file bytea not null,
    uploaded_at bigint not null,
    primary key (tenant, upload_id)
);
