import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { roles, type Role } from '#platform/permit.server.ts';
import { runningPostgres } from '#server/postgres.ts';
import { startApp, type App } from '../app.ts';
import { demonstrationIn } from '../scene.ts';
import type { Route } from './routes.ts';

/** The real program with the demonstration in it, a second programme beside it, and somebody in every role. */
export type Stage = {
	readonly app: App;
	readonly database: pg.Pool;
	readonly programme: string;
	/** The other programme, which has nothing in it. */
	readonly other: string;
	readonly people: Readonly<Record<Role | 'stranger' | 'otherCoordinator' | 'coordinatorOfBoth', string>>;
	/** A cookie under which the person is signed in and has just proved presence; each call opens a session of its own. */
	signedIn(personId: string): Promise<string>;
	/** Values for a route's parameters: records of the demonstration. */
	parametersOf(route: Route): Promise<Record<string, string>>;
	/** How many records there are of each kind that no form may take away. */
	counts(): Promise<Record<string, number>>;
	stop(): Promise<void>;
};

export async function makeStage(): Promise<Stage> {
	const app = await startApp({ demonstration: true });
	const database = new pg.Pool(runningPostgres(path.join(app.folder, 'data')).owner);
	const programme = await demonstrationIn(database);
	const other = randomUUID();
	await database.query(`insert into network.programme (id, name) values ($1, '{"uz": "Boshqa dastur"}')`, [other]);
	const person = async (name: string, ...grants: [string, Role][]): Promise<string> => {
		const id = randomUUID();
		await database.query('insert into network.person (id, display_name) values ($1, $2)', [id, name]);
		await database.query('insert into platform.account (person_id, sign_in_name) values ($1, $2)', [id, `${name}-${id}`]);
		for (const [of, role] of grants) await database.query('insert into network.role_grant (id, programme_id, person_id, role) values ($1, $2, $3, $4)', [randomUUID(), of, id, role]);
		return id;
	};
	const inRoles = await Promise.all(roles.map(async (role) => [role, await person(role, [programme, role])] as const));
	const holder = (role: Role): string => inRoles.find(([name]) => name === role)?.[1] ?? '';
	const people = {
		coordinator: holder('coordinator'), member: holder('member'), analyst: holder('analyst'), collector: holder('collector'),
		reviewer: holder('reviewer'), official: holder('official'), donor: holder('donor'), administrator: holder('administrator'),
		stranger: await person('stranger'),
		otherCoordinator: await person('other coordinator', [other, 'coordinator']),
		coordinatorOfBoth: await person('coordinator of both', [programme, 'coordinator'], [other, 'coordinator'])
	};
	// Answers and interviews open to whom they were given for analysis, and to nobody by a role alone.
	for (const analyst of [people.coordinator, people.analyst, people.coordinatorOfBoth]) {
		await database.query('insert into assessment.round_analyst (programme_id, round_id, person_id) select programme_id, id, $2 from assessment.round where programme_id = $1', [programme, analyst]);
		await database.query('insert into assessment.interview_analyst (programme_id, person_id) values ($1, $2)', [programme, analyst]);
	}
	return {
		app, database, programme, other, people,
		async signedIn(personId) {
			const token = randomUUID();
			await database.query('insert into platform.session (id, token_hash, person_id, strong_at) values ($1, $2, $3, now())', [randomUUID(), createHash('sha256').update(token).digest(), personId]);
			return `hamkor_session=${token}`;
		},
		parametersOf: (route) => parametersOf(database, programme, route),
		async counts() {
			const counts: Record<string, number> = {};
			for (const table of kept) counts[table] = Number((await database.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]?.count ?? 0);
			return counts;
		},
		async stop() {
			await database.end();
			await app.stop();
		}
	};
}

/** Records that are withdrawn, ended or cancelled, and never deleted. */
const kept = [
	'network.person', 'network.organisation', 'network.place', 'network.role_grant', 'assessment.round', 'assessment.submission', 'assessment.figure', 'assessment.finding',
	'gaps.gap', 'training.training', 'plans.plan', 'results.result', 'policy.recommendation', 'policy.commitment', 'policy.change', 'policy.briefing', 'platform.journal'
];

/** Parameters that name no record. */
const words: Readonly<Record<string, readonly string[]>> = {
	format: ['csv', 'xlsx'], picture: ['full'], kind: ['gap'], records: ['gaps'], evidence: ['figure'], token: ['none'], shipped: ['household-safety'], position: ['1']
};

/** A record of the demonstration for each parameter: of the table that is called like it, in whatever module. */
async function parametersOf(database: pg.Pool, programme: string, route: Route): Promise<Record<string, string>> {
	const values: Record<string, string> = {};
	for (const name of route.parameters) {
		values[name] = name === 'programme' ? programme : (words[name]?.[0] ?? (await recordOf(database, programme, name === 'id' ? (route.parameters.includes('evidence') ? 'figure' : 'gap') : name)) ?? randomUUID());
	}
	return values;
}

async function recordOf(database: pg.Pool, programme: string, name: string): Promise<string | undefined> {
	const column = name === 'slug' ? 'slug' : 'id';
	const called = { slug: 'briefing', version: 'instrument_version', draft: 'instrument_draft', assessment: 'service_assessment', list: 'entity_list' }[name] ?? name.replace(/([A-Z])/g, '_$1').toLowerCase();
	if (name === 'person') {
		const { rows } = await database.query<{ id: string }>('select person_id as id from network.role_grant where programme_id = $1 limit 1', [programme]);
		return rows[0]?.id;
	}
	const { rows: tables } = await database.query<{ name: string }>(
		`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where c.relname = $1 and c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
				and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = $2) and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'programme_id')`,
		[called, column]
	);
	const [table] = tables;
	if (table === undefined) return undefined;
	const { rows } = await database.query<{ value: string }>(`select ${column}::text as value from ${table.name} where programme_id = $1 limit 1`, [programme]);
	return rows[0]?.value;
}
