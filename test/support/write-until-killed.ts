// Writes rows into the data folder of its argument and prints the number of each once it is acknowledged.
import { openDatabase } from '../../server/db/open.ts'

const [dataDir] = process.argv.slice(2)
const { pool } = await openDatabase({ dataDir })
await pool.query('CREATE TABLE kept (id int PRIMARY KEY, filler text)')
for (let id = 1; ; id += 1) {
  await pool.query(`INSERT INTO kept VALUES ($1, repeat('x', 500))`, [id])
  process.stdout.write(`${id}\n`)
}
