import { beforeEach } from "vitest";
import { areMinutesUsedUp, TOO_LATE } from "./minutes.js";

beforeEach(({ skip }) => skip(areMinutesUsedUp(), TOO_LATE));
