/** Makes what is missing. Two that do it at once take turns. */
export function createTablesSql(schema: string): readonly string[] {
  const name = quoted(schema);
  return [
    `select pg_advisory_xact_lock(hashtext('rollcall ${schema}'))`,
    `create schema if not exists ${name}`,
    // A version is never given twice, also not when a root was deleted in between.
    `create sequence if not exists ${name}.versions`,
    `create table if not exists ${name}.documents (
       state text not null,
       name text not null,
       version bigint not null default nextval('${name}.versions'),
       bytes bytea not null,
       primary key (state, name))`,
    `create table if not exists ${name}.blobs (
       state text not null,
       name text collate "C" not null,
       id uuid not null unique,
       bytes bigint not null,
       modified_at timestamptz not null default clock_timestamp(),
       primary key (state, name))`,
    `create table if not exists ${name}.parts (
       id uuid not null,
       number integer not null,
       bytes bytea not null,
       primary key (id, number))`,
    // Parts are encrypted or packed already.
    `alter table ${name}.parts alter column bytes set storage external`,
  ];
}

/** The statements, for one schema. */
export function statements(schema: string) {
  const name = quoted(schema);
  return {
    now: "select (extract(epoch from clock_timestamp()) * 1000)::float8 as now",
    readDocument: `select (extract(epoch from clock_timestamp()) * 1000)::float8 as now, version::text, bytes
      from (select 1) as once left join ${name}.documents on state = $1 and name = $2`,
    createDocument: `insert into ${name}.documents (state, name, bytes) values ($1, $2, $3)
      on conflict do nothing returning version::text`,
    swapDocument: `update ${name}.documents set bytes = $3, version = nextval('${name}.versions')
      where state = $1 and name = $2 and version::text = $4 returning version::text`,
    documentNames: `select name from ${name}.documents where state = $1 and starts_with(name, $2)`,
    touchBlob: `update ${name}.blobs set modified_at = clock_timestamp() where state = $1 and name = $2`,
    createSmallBlob: `with made as (
        insert into ${name}.blobs (state, name, id, bytes) values ($1, $2, $3, length($4::bytea))
        on conflict do nothing returning id)
      insert into ${name}.parts (id, number, bytes) select id, 0, $4 from made`,
    createBlob: `insert into ${name}.blobs (state, name, id, bytes) values ($1, $2, $3, $4) on conflict do nothing`,
    createPart: `insert into ${name}.parts (id, number, bytes) values ($1, $2, $3)`,
    findBlob: `select id from ${name}.blobs where state = $1 and name = $2`,
    readParts: `select bytes from ${name}.parts where id = $1 and number >= $2 order by number limit $3`,
    listBlobs: `select name, bytes::text, modified_at from ${name}.blobs
      where state = $1 and name > $2 and name >= $3 and starts_with(name, $3) order by name limit $4`,
    deleteBlob: `with gone as (delete from ${name}.blobs where state = $1 and name = $2 returning id)
      delete from ${name}.parts where id in (select id from gone)`,
  } as const;
}

function quoted(schema: string): string {
  return `"${schema.replaceAll('"', '""')}"`;
}
