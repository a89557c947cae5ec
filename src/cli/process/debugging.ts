/**
 * Whether whole errors are shown. They may quote the data, so not of a change
 * that nobody has reviewed, whose SQL could have caused them for that.
 */
export function isDebugging(): boolean {
  return process.env["ROLLCALL_DEBUG"] !== undefined && !process.argv.includes("--untrusted");
}
