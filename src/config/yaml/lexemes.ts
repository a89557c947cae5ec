import { CST, Lexer } from "yaml";

/** A piece of YAML text; the pieces of a text follow each other without gaps. */
export interface Lexeme {
  /** Of `yaml`; `null` for what is none of YAML's. Every text without quotes is a `scalar`. */
  readonly type: ReturnType<typeof CST.tokenType>;
  readonly from: number;
  readonly to: number;
}

/** Marks that the lexer puts between the pieces and that stand nowhere in the text. */
const MARKS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END]);

/** The pieces of a text, sound YAML or not. Linear, and never as deep as the text. */
export function* lexemes(text: string): Generator<Lexeme> {
  let from = 0;
  let isScalar = false;
  for (const source of new Lexer().lex(text)) {
    if (!isScalar && source === CST.SCALAR) {
      isScalar = true;
      continue;
    }
    if (!isScalar && MARKS.has(source)) continue;
    const to = from + source.length;
    yield { type: isScalar ? "scalar" : CST.tokenType(source), from, to };
    isScalar = false;
    from = to;
  }
}
