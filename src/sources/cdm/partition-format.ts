import { Failure } from "../../model/failure.js";
import { isObject, type JsonObject } from "./json.js";
import type { CsvDialect, Partition } from "./table.js";
import { traitsOf, type Traits } from "./traits.js";

/** How a partition is written: by its settings, by its traits, or by what the format takes for granted. */
export function partitionOf(written: JsonObject, location: string): Partition {
  const traits = traitsOf(written["cdm:traits"] ?? written["exhibitsTraits"] ?? written["appliedTraits"]);
  const { value } = traits.get("is.partition.size") ?? {};
  const size = Number(value);
  return {
    location,
    format: formatOf(written, traits, location),
    bytes: value !== undefined && Number.isSafeInteger(size) ? size : undefined,
  };
}

function formatOf(written: JsonObject, traits: Traits, location: string): Partition["format"] {
  if (traits.has("is.partition.format.parquet")) return "parquet";
  const settings = written["fileFormatSettings"];
  const stated: CsvDialect[] = [];
  if (settings !== undefined) {
    if (!isObject(settings) || settings["$type"] !== "CsvFormatSettings")
      throw unknown("`fileFormatSettings` of another type than `CsvFormatSettings`");
    stated.push(dialectOf(settings));
  }
  const trait = traits.get("is.partition.format.csv");
  if (trait !== undefined) stated.push(dialectOf(trait));
  const [first, other = first] = stated;
  if (first === undefined) {
    const other = [...traits.keys()].find((name) => name.startsWith("is.partition.format."));
    if (other !== undefined) throw unknown(`the format \`${other}\``);
    return /\.parquet$/i.test(location.replace(/[?#].*$/, "")) ? "parquet" : dialectOf({});
  }
  if (JSON.stringify(first) !== JSON.stringify(other))
    throw new Failure(
      "invalid",
      "its settings and its traits say different things of how its files are written.",
      {
        hint: "Correct `fileFormatSettings` or the trait `is.partition.format.CSV`.",
      },
    );
  return first;
}

/** What is not said is as the schema of model.json has it. */
function dialectOf(settings: JsonObject): CsvDialect {
  const { columnHeaders = false, delimiter = ",", quoteStyle = "QuoteStyle.Csv" } = settings;
  const { csvStyle = "CsvStyle.QuoteAlways", encoding = "UTF-8" } = settings;
  const header = { true: true, false: false }[String(columnHeaders).toLowerCase()];
  if (header === undefined) throw unknown("`columnHeaders` that are neither true nor false");
  if (typeof encoding !== "string" || !/^(utf-?8|(us-)?ascii)$/i.test(encoding))
    throw unknown("another `encoding` than UTF-8");
  const letter = delimiter === "\\t" ? "\t" : delimiter;
  if (typeof letter !== "string" || !/^[\t\x20-\x7e]$/.test(letter) || letter === '"')
    throw unknown("a `delimiter` that is not one letter of ASCII");
  if (quoteStyle === "QuoteStyle.None") return { delimiter: letter, header, quotes: "nowhere" };
  if (quoteStyle !== "QuoteStyle.Csv") throw unknown("a `quoteStyle`");
  if (csvStyle === "CsvStyle.QuoteAlways") return { delimiter: letter, header, quotes: "everywhere" };
  if (csvStyle !== "CsvStyle.QuoteAfterDelimiter") throw unknown("a `csvStyle`");
  return { delimiter: letter, header, quotes: "after delimiter" };
}

function unknown(what: string): Failure {
  return new Failure("invalid", `a partition has ${what}, which is not read here.`, {
    hint: "Write the folder as CSV in UTF-8 or as Parquet.",
  });
}
