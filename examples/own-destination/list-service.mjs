// The list service of Example Ltd, as a stand-in that keeps everything in memory: `node list-service.mjs` runs it on port 8026, or on another that is named.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const PAGE = 1000;

/** `onRequest` may answer in the place of the service, by `{status, text}`, or lose its answer, by `"lost"`. */
export async function startListService({ key = "example-key", port = 0, onRequest } = {}) {
  const lists = new Map();
  const contacts = new Map();
  const fields = new Map();
  const optedOut = new Set();
  const refused = new Set();
  let room = Infinity;

  const contactOf = (email) => {
    const contact = contacts.get(email) ?? { email, lists: new Set(), attributes: {} };
    contacts.set(email, contact);
    return contact;
  };
  const shown = ({ email, lists: on, attributes }) => ({
    email,
    lists: [...on],
    attributes,
    optedOut: optedOut.has(email),
  });
  const page = (all, after) => {
    const from = Number(after);
    return {
      items: all.slice(from, from + PAGE),
      ...(from + PAGE < all.length ? { next: `${from + PAGE}` } : {}),
    };
  };
  const set = (contact, attributes) => {
    for (const [name, value] of Object.entries(attributes))
      if (value === null) delete contact.attributes[name];
      else contact.attributes[name] = value;
  };
  const membersOf = (id) => [...contacts.values()].filter((contact) => contact.lists.has(id));
  const listOf = (id) => ({ id, name: lists.get(id), size: membersOf(id).length });
  const addList = (name) => {
    const id = `l${lists.size + 1}`;
    lists.set(id, name);
    return id;
  };

  const write = {
    add: (id, sent) => {
      if (sent.some(({ email }) => refused.has(email))) return undefined;
      const rejected = sent.flatMap(({ email }, index) =>
        /\.[a-z]+$/u.test(email) ? [] : [{ index, reason: "is not an address" }],
      );
      const bad = new Set(rejected.map(({ index }) => index));
      const fresh = sent.filter(({ email }, index) => !bad.has(index) && !contacts.has(email));
      if (contacts.size + fresh.length > room) return "full";
      for (const [index, { email, attributes }] of sent.entries()) {
        if (bad.has(index)) continue;
        const contact = contactOf(email);
        contact.lists.add(id);
        set(contact, attributes);
      }
      return { rejected };
    },
    update: (_, sent) => {
      for (const { email, attributes } of sent) if (contacts.has(email)) set(contacts.get(email), attributes);
      return { rejected: [] };
    },
    remove: (id, emails) => {
      const absent = emails.flatMap((email, index) => (contacts.get(email)?.lists.delete(id) ? [] : [index]));
      return { rejected: [], absent };
    },
  };

  function answer(method, path, after, body) {
    const [, first, second, third] = path.split("/").map(decodeURIComponent);
    const known = contacts;
    switch (`${method} ${first}`) {
      case "GET me":
        return { id: "acme", name: "Example Ltd" };
      case "GET fields":
        return { items: [...fields].map(([name, type]) => ({ name, type })) };
      case "POST fields":
        fields.set(body.name, body.type);
        return {};
      case "GET opt-outs":
        return page([...optedOut], after);
      case "POST contacts":
        if (second === "search")
          return { items: body.emails.filter((one) => known.has(one)).map((one) => shown(known.get(one))) };
        for (const email of body.emails.filter((one) => known.has(one))) {
          if (second === "delete") known.delete(email);
          else {
            known.get(email).lists.clear();
            set(known.get(email), Object.fromEntries(body.fields.map((name) => [name, null])));
          }
        }
        return {};
    }
    if (first !== "lists") return undefined;
    if (second === undefined)
      return method === "POST" ? listOf(addList(body.name)) : { items: [...lists.keys()].map(listOf) };
    if (!lists.has(second)) return undefined;
    if (third === undefined) return listOf(second);
    if (third === "members") return page(membersOf(second).map(shown), after);
    return write[third]?.(second, body.contacts) ?? "refused";
  }

  async function handle(request, response) {
    const url = new URL(request.url, "http://127.0.0.1");
    const path = url.pathname.replace(/^\/v1/u, "");
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const end = (status, said, headers = {}) =>
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(typeof said === "string" ? said : JSON.stringify(said));
    const instead = await onRequest?.({ method: request.method, path });
    if (typeof instead === "object") return end(instead.status, instead.text, instead.headers);
    if (request.headers.authorization !== `Bearer ${key}`) return end(401, { error: "key" });
    const body = chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
    const said = answer(request.method, path, url.searchParams.get("after") ?? "", body);
    if (instead === "lost") return void request.socket.destroy();
    if (said === undefined) return end(404, { error: "not-found" });
    return said === "refused" || said === "full" ? end(422, { error: said }) : end(200, said);
  }
  const server = createServer((request, response) => void handle(request, response));
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    addList,
    addField: (name, type) => fields.set(name, type),
    addMember: (id, email) => contactOf(email).lists.add(id),
    emailsOn: (id) => membersOf(id).map(({ email }) => email),
    has: (email) => contacts.has(email),
    optOut: (email) => optedOut.add(email),
    refuse: (email) => refused.add(email),
    leaveRoomFor: (more) => (room = contacts.size + more),
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url, addField } = await startListService({ port: Number(process.argv[2] ?? 8026) });
  addField("name", "text");
  console.log(`The list service listens on ${url}; its key is example-key.`);
}
