import { statfs } from "node:fs/promises";
import { Failure } from "../../model/failure.js";

/** Turns a file-system error into a Failure that names the folder and the way out; other errors pass. */
export async function explainFileError(error: unknown, folder: string): Promise<unknown> {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (error instanceof Failure || typeof code !== "string") return error;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return new Failure(
        "permanent",
        `the disk that holds the state folder ${folder} is full (${await space(folder)})`,
        {
          hint: "Nothing that was recorded is lost. Make room, then run the same command again.",
          cause: error,
        },
      );
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new Failure("permanent", `the state folder ${folder} cannot be written or read (${code})`, {
        hint: "Give the user who runs rollcall read and write access to it, or set `state: {path: …}` to another folder.",
        cause: error,
      });
    case "ENOTDIR":
    case "EEXIST":
      return new Failure(
        "permanent",
        `the state path ${folder} is not a folder, or holds a file where a folder belongs`,
        {
          hint: "Move that file away, or set `state: {path: …}` to another folder.",
          cause: error,
        },
      );
    case "ENOSYS":
    case "ENOTSUP":
    case "EXDEV":
    case "EMLINK":
      return new Failure(
        "permanent",
        `the file system of the state folder ${folder} has no hard links (${code})`,
        {
          hint: "Rollcall needs them so that two runs cannot overwrite each other. Put the folder on a local disk.",
          cause: error,
        },
      );
    default:
      return new Failure("permanent", `the state folder ${folder} failed (${code})`, {
        hint: "Check the disk, then run the same command again.",
        cause: error,
      });
  }
}

/** Runs file work and explains what goes wrong. */
export async function withExplainedErrors<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw await explainFileError(error, folder);
  }
}

async function space(folder: string): Promise<string> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return `${Math.floor((bavail * bsize) / 1024)} KiB free`;
  } catch {
    return "free space unknown";
  }
}
