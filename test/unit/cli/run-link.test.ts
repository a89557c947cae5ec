import { expect, test } from "vitest";
import { findRunLink } from "../../../src/cli/run-link.js";

test.each([
  [
    "GitHub",
    { GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "acme/lists", GITHUB_RUN_ID: "7" },
    "https://github.com/acme/lists/actions/runs/7",
  ],
  [
    "GitLab",
    { CI_JOB_URL: "https://gitlab.com/acme/lists/-/jobs/7" },
    "https://gitlab.com/acme/lists/-/jobs/7",
  ],
  [
    "Azure",
    {
      SYSTEM_TEAMFOUNDATIONCOLLECTIONURI: "https://dev.azure.com/acme/",
      SYSTEM_TEAMPROJECT: "E-mail lists",
      BUILD_BUILDID: "7",
    },
    "https://dev.azure.com/acme/E-mail%20lists/_build/results?buildId=7",
  ],
  ["Jenkins", { BUILD_URL: "https://ci.example.com/job/lists/7/" }, "https://ci.example.com/job/lists/7/"],
  ["no CI", {}, undefined],
  ["half of GitHub", { GITHUB_SERVER_URL: "https://github.com", GITHUB_RUN_ID: "7" }, undefined],
  ["no web address", { CI_JOB_URL: "javascript:alert(1)" }, undefined],
  ["two lines", { CI_JOB_URL: "https://a.example/\nBcc: b@example.com" }, undefined],
])("%s", (_, env, link) => expect(findRunLink(env)).toBe(link));
