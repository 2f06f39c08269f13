import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import pg from 'pg';
import { migrate } from '#platform/migrate.server.ts';
import { startPostgres } from '#server/postgres.ts';
// @ts-ignore
import { writeDatabaseTypes } from './scripts/database-types.mjs';
const folder = mkdtempSync('/tmp/hamkor-schema-');
chmodSync(folder, 0o755);
process.env['HAMKOR_DATA'] = folder;
const server = await startPostgres(folder, { durable: false, onLost: (s) => { throw new Error(s); } });
const admin = new pg.Client({ ...server.owner, database: 'postgres' });
await admin.connect();
await admin.query('create database x');
await migrate({ ...server.owner, database: 'x' });
await admin.end();
try { writeDatabaseTypes(`postgres://hamkor@localhost/x?host=${encodeURIComponent(String(server.owner.host))}`); } finally { await server.stop(); rmSync(folder, { recursive: true, force: true }); }
