// Stands in for the client of a warehouse: rows on stdout, errors on stderr and in the exit code.
const [statement] = process.argv.slice(2);
if (process.env.WAREHOUSE_PASSWORD !== "example-password" || process.env.BREVO_API_KEY !== undefined) {
  console.error("The warehouse lets nobody in without its password.");
  process.exit(1);
}
const rows = [
  ["anna.mueller@example.com", "Anna", "DE", "true"],
  ["jonas.weber@example.com", 'Jonas "Joe"', "DE", "true"],
  ["greta.vogel@example.net", "Greta", "DE", "false"],
  ["elodie.lefevre@example.org", "Élodie", "FR", "true"],
];
const quoted = (value) => `"${value.replaceAll('"', '""')}"`;
if (statement !== "select * from customers") process.exit(2);
console.log("email,first name,country,newsletter");
for (const row of rows) console.log(row.map(quoted).join(","));
console.log(`# rows=${rows.length}`);
