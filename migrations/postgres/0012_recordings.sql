-- A question as it is read aloud, by question set, language and question. The address of a recording is its hash, so
-- browsers may keep it for ever. A synthetic voice says so.
create table recording (
    tenant text not null references tenant (tenant),
    instrument text not null,
    version bigint not null,
    language text not null,
    code text not null,
    kind text not null,
    synthetic bigint not null check (synthetic in (0, 1)),
    hash text not null check (length(hash) = 64),
    sound bytea not null check (length(sound) <= 1048576),
    who text not null,
    sent_at bigint not null,
    primary key (tenant, instrument, version, language, code),
    foreign key (tenant, instrument, version) references instrument (tenant, code, version)
);

create index recording_hash on recording (tenant, hash);

-- Who has read the texts of a question set in a language that is theirs, and found them right.
create table language_review (
    tenant text not null references tenant (tenant),
    instrument text not null,
    version bigint not null,
    language text not null,
    reader text not null,
    who text not null,
    reviewed_at bigint not null,
    primary key (tenant, instrument, version, language),
    foreign key (tenant, instrument, version) references instrument (tenant, code, version)
);
