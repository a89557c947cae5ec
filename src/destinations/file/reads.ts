import { randomUUID } from "node:crypto";
import { constants, copyFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Field } from "../../plugin/codec.js";
import type { ListInfo, OptOutPlace, OptOutQuery, OptOutRead } from "../../plugin/destination.js";
import { Failure } from "../../model/failure.js";
import { identifier, literal, type Relation } from "../../plugin/relation.js";
import { columnField } from "./bind.js";
import { keyOf, listOf, listPath, optOutPath, findPlaceIn, type Folder } from "./folder.js";
import { readHeader, type Header } from "./header.js";
import { readOptOutFile } from "./opt-out-file.js";

const UNSUBSCRIBED = "unsubscribed";
const NOBODY = "(select null::varchar as email, null::varchar as written where false)";

export async function readLists(folder: Folder): Promise<readonly ListInfo[]> {
  const names = await readdir(folder.path).catch(nothing<string[]>([]));
  return names.toSorted().flatMap((name) => {
    const id = listOf(name);
    return id === undefined ? [] : [{ id, name: id, size: undefined }];
  });
}

export async function findList(folder: Folder, id: string): Promise<ListInfo | undefined> {
  return (await findPlaceIn(folder, listPath(folder, id))) === undefined
    ? undefined
    : { id, name: id, size: undefined };
}

/** The columns of all lists. */
export async function readFields(folder: Folder, signal: AbortSignal): Promise<readonly Field[]> {
  const found = new Map<string, Field>();
  for (const { id } of await readLists(folder)) {
    const { names, email } = await readHeader(listPath(folder, id), signal);
    for (const [index, name] of names.entries()) {
      if (index !== email && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), columnField(name));
    }
  }
  return [...found.values()];
}

export async function readMembers(folder: Folder, id: string, signal: AbortSignal): Promise<Relation> {
  const place = await findPlaceIn(folder, listPath(folder, id));
  if (place === undefined) throw new Failure("not-found", `There is no list ${id} in ${folder.name}.`);
  const path = await snapshot(folder, place);
  const { names, email } = await readHeader(path, signal);
  const attributes = names.flatMap((name, index) => (index === email ? [] : [`${literal(name)}, c${index}`]));
  const everywhere = (await addresses(folder, undefined, signal)) ?? NOBODY;
  const fromList = (await addresses(folder, id, signal)) ?? NOBODY;
  return {
    sql: `select c${email} as email, null::varchar as contact_id, true as on_list,
        case when ${isIn(`c${email}`, everywhere)} then 'unsubscribed everywhere'
          when ${isIn(`c${email}`, fromList)} then 'unsubscribed' end as opted_out,
        json_object(${attributes.join(", ")})::varchar as observed
      from ${csvSql(path, names)} where c${email} is not null`,
  };
}

export async function lookUpMembers(
  folder: Folder,
  id: string,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<Relation> {
  const { sql } = await readMembers(folder, id, signal);
  const keys = wanted.map((address) => literal(keyOf(address)));
  return { sql: `select * from (${sql}) where ${simple("email")} in (${["''", ...keys].join(", ")})` };
}

/** `unsubscribed.csv` for all lists and `<list>.unsubscribed.csv` for one, where they are there. */
export async function readOptOuts(
  folder: Folder,
  query: OptOutQuery,
  signal: AbortSignal,
): Promise<OptOutRead> {
  const parts: string[] = [];
  const whole: OptOutPlace[] = [];
  for (const listId of [undefined, ...query.lists]) {
    const found = await addresses(folder, listId, signal);
    parts.push(
      `select distinct email, ${listId === undefined ? "null::varchar" : literal(listId)} as list_id, '${UNSUBSCRIBED}' as reason
      from ${found ?? NOBODY}`,
    );
    if (found !== undefined) whole.push({ listId, reason: UNSUBSCRIBED });
  }
  return {
    optedOut: { sql: parts.join(" union all ") },
    whole,
    seen: undefined,
    contacts: undefined,
    watermark: new Date().toISOString(),
  };
}

/** SQL: who is in a file of opt-outs; undefined when there is no such file. */
async function addresses(
  folder: Folder,
  id: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const file = optOutPath(folder, id);
  const place = await findPlaceIn(folder, file);
  if (place === undefined) return undefined;
  const name = `${folder.name}/${basename(file)}`;
  const into = join(folder.scratch, `opt-outs-${randomUUID()}.ndjson`);
  return readOptOutFile(await snapshot(folder, place), { name, into, signal });
}

/** SQL: whether an address stands among these, as a key or as it is written. */
function isIn(column: string, optOuts: string): string {
  return `${simple(column)} in (select unnest([email, written]) from ${optOuts})`;
}

/** A copy that the engine may read, and that stays as it is while it reads. */
async function snapshot(folder: Folder, path: string): Promise<string> {
  const copy = join(folder.scratch, `list-${randomUUID()}.csv`);
  await copyFile(path, copy, constants.COPYFILE_FICLONE);
  return copy;
}

function csvSql(path: string, names: Header["names"]): string {
  const columns = names.map((_, index) => `${identifier(`c${index}`)}: 'VARCHAR'`).join(", ");
  return `read_csv(${literal(path)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', null_padding = true, parallel = false, columns = {${columns}})`;
}

function simple(column: string): string {
  return `lower(nfc_normalize(trim(${column})))`;
}

/** For a folder that need not exist. */
function nothing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === "ENOENT") return value;
    throw error;
  };
}
