// Loaded with --import before the built command: its clock shows ROLLCALL_TEST_NOW (ISO) as it starts, and runs on.
const RealDate = Date;
const ahead = RealDate.parse(process.env.ROLLCALL_TEST_NOW ?? "") - RealDate.now();

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + ahead);
    else super(...args);
  }
  static now() {
    return RealDate.now() + ahead;
  }
};
