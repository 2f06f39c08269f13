import type pg from 'pg';

/** What belongs to the queue, to the migrations' own record, and to PostgreSQL itself. */
const foreign = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'graphile_worker', 'migration')`;
/** What an extension brought along is not ours to write down. */
const ours = (oid: string, catalog: string): string =>
	`not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;
/** Who may do what with an object, leaving out its owner; a role's name or \`public\`. */
const grants = (acl: string, owner: string): string => `(
	select coalesce(string_agg(line, '; ' order by line), '') from (
		select string_agg(lower(given.privilege_type), ', ' order by given.privilege_type) || ' to ' || coalesce(r.rolname, 'public') as line
		from aclexplode(${acl}) given left join pg_roles r on r.oid = given.grantee
		where given.grantee <> ${owner} group by r.rolname
	) granted)`;

type Row = Record<string, string>;
/** One entry of the file: where it belongs, and its text. Entries of one table are put together. */
type Entry = { readonly schema: string; readonly object: string; readonly lines: readonly string[] };

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const comment = (kind: string, name: string, text: string | undefined): string[] =>
	text ? [`comment on ${kind} ${name} is ${quoted(text)};`] : [];
/** Turns the list that `grants` made into statements. */
const granted = (kind: string, name: string, list: string | undefined, columns = ''): string[] =>
	(list ?? '').split('; ').filter(Boolean).map((each) => {
		const [what = '', whom = ''] = each.split(' to ');
		return `grant ${what}${columns} on ${kind} ${name} to ${whom};`;
	});

/**
 * The whole database as text, read from its catalogs: schemas, tables with their columns, constraints, indexes, policies and
 * triggers, functions, privileges and comments, in an order that depends on names alone. It is there to be read and compared;
 * the migrations are what makes a database.
 *
 * @param client a connection of the owner to a migrated database
 */
export async function databaseSchema(client: pg.ClientBase): Promise<string> {
	const ask = async (text: string): Promise<Row[]> => (await client.query<Row>(text)).rows;
	const entries = [...(await functions(ask)), ...(await tables(ask))];
	const parts = (await schemas(ask)).map((schema) =>
		[schema, ...entries.filter((entry) => entry.schema === schema.schema)].map(({ lines }) => lines.join('\n')).join('\n\n')
	);
	const head = [
		'-- The database after all migrations. Written by `bin/hamkor generate` from the catalogs, to be read and compared:',
		'-- a database is made by db/migrations/.'
	];
	return `${[head.join('\n'), ...(await extensions(ask)), ...parts].join('\n\n')}\n`;
}

type Ask = (text: string) => Promise<Row[]>;

async function extensions(ask: Ask): Promise<string[]> {
	const rows = await ask(`select extname as name from pg_extension where extname <> 'plpgsql' order by 1`);
	return [rows.map(({ name }) => `create extension ${name};`).join('\n')];
}

async function schemas(ask: Ask): Promise<Entry[]> {
	const rows = await ask(`
		select n.nspname as name, obj_description(n.oid, 'pg_namespace') as about, ${grants('n.nspacl', 'n.nspowner')} as grants
		from pg_namespace n where ${foreign} and n.nspname <> 'public' order by 1`);
	return rows.map(({ name = '', about, grants: list }) => ({
		schema: name,
		object: '',
		lines: [`-- ${name} ${'-'.repeat(100 - name.length)}`, '', `create schema ${name};`, ...comment('schema', name, about), ...granted('schema', name, list)]
	}));
}

async function functions(ask: Ask): Promise<Entry[]> {
	const rows = await ask(`
		select n.nspname as schema, p.proname as name, pg_get_functiondef(p.oid) as text, obj_description(p.oid, 'pg_proc') as about,
			n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as signature,
			case p.prokind when 'p' then 'procedure' else 'function' end as kind,
			case when r.rolname = 'hamkor_definer' then r.rolname else '' end as owner,
			${grants(`coalesce(p.proacl, acldefault('f', p.proowner))`, 'p.proowner')} as grants
		from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
		where ${foreign} and n.nspname <> 'public' and p.prokind in ('f', 'p') and ${ours('p.oid', 'pg_proc')}
		order by n.nspname, p.proname, signature`);
	return rows.map(({ schema = '', signature = '', text = '', kind = '', owner, about, grants: list }) => ({
		schema,
		object: signature,
		lines: [
			`${text.trim()};`,
			...(owner ? [`alter ${kind} ${signature} owner to ${owner};`] : []),
			...comment(kind, signature, about),
			...granted(kind, signature, list)
		]
	}));
}

async function tables(ask: Ask): Promise<Entry[]> {
	const rows = await ask(`
		select n.nspname as schema, c.oid::text as oid, n.nspname || '.' || c.relname as name, obj_description(c.oid, 'pg_class') as about,
			c.relkind::text as kind, case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) else '' end as query,
			case when c.relpartbound is null then '' else pg_get_expr(c.relpartbound, c.oid) end as bound,
			case c.relkind when 'p' then pg_get_partkeydef(c.oid) else '' end as parted,
			case when c.relrowsecurity then 'yes' else '' end as fenced, case when c.relforcerowsecurity then 'yes' else '' end as forced,
			${grants('c.relacl', 'c.relowner')} as grants
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where ${foreign} and n.nspname <> 'public' and c.relkind in ('r', 'p', 'v', 'm') and ${ours('c.oid', 'pg_class')}
		order by n.nspname, c.relname`);
	const parts = await partsOfTables(ask);
	return rows.map((table) => ({ schema: table['schema'] ?? '', object: table['name'] ?? '', lines: tableLines(table, parts(table['oid'] ?? '')) }));
}

/** The parts of one table, in the order they are written in. */
type Parts = Record<'columns' | 'constraints' | 'indexes' | 'triggers' | 'policies' | 'columnGrants', Row[]>;

async function partsOfTables(ask: Ask): Promise<(oid: string) => Parts> {
	const columns = await ask(`
		select a.attrelid::text as oid, quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type,
			case when a.attnotnull then ' not null' else '' end as filled, col_description(a.attrelid, a.attnum) as about,
			case when a.attidentity = 'a' then ' generated always as identity' when a.attidentity = 'd' then ' generated by default as identity'
				when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(f.adbin, f.adrelid) || ') ' || case a.attgenerated when 's' then 'stored' else 'virtual' end
				when f.adbin is not null then ' default ' || pg_get_expr(f.adbin, f.adrelid) else '' end as value,
			${grants('a.attacl', '(select relowner from pg_class where oid = a.attrelid)')} as grants
		from pg_attribute a left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
		where a.attnum > 0 and not a.attisdropped order by a.attrelid, a.attnum`);
	const constraints = await ask(`
		select conrelid::text as oid, conname as name, pg_get_constraintdef(oid, true) as text, obj_description(oid, 'pg_constraint') as about
		from pg_constraint where conrelid <> 0 and contype in ('p', 'u', 'c', 'f', 'x')
		order by conrelid, position(contype::text in 'pucfx'), conname`);
	const indexes = await ask(`
		select i.indrelid::text as oid, pg_get_indexdef(i.indexrelid) as text from pg_index i
		where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
		order by i.indrelid, 2`);
	const triggers = await ask(`
		select tgrelid::text as oid, pg_get_triggerdef(oid) as text from pg_trigger where not tgisinternal order by tgrelid, tgname`);
	const policies = await ask(`
		select p.polrelid::text as oid, quote_ident(p.polname) as name, case when p.polpermissive then '' else ' as restrictive' end as manner,
			case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end as command,
			(select string_agg(coalesce(r.rolname, 'public'), ', ' order by r.rolname) from unnest(p.polroles) u left join pg_roles r on r.oid = u) as roles,
			coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '') as seen,
			coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') as written
		from pg_policy p order by p.polrelid, p.polname`);
	const of = (rows: Row[], oid: string): Row[] => rows.filter((row) => row['oid'] === oid);
	return (oid) => ({
		columns: of(columns, oid),
		constraints: of(constraints, oid),
		indexes: of(indexes, oid),
		triggers: of(triggers, oid),
		policies: of(policies, oid),
		columnGrants: of(columns, oid).filter((row) => row['grants'])
	});
}

function tableLines(table: Row, { columns, constraints, indexes, triggers, policies, columnGrants }: Parts): string[] {
	const { name = '', kind = '', query = '', bound, parted, about, fenced, forced, grants: list } = table;
	const view = kind === 'v' || kind === 'm';
	const body = [
		...columns.map((row) => `	${row['name']} ${row['type']}${row['value']}${row['filled']}`),
		...constraints.map((row) => `	constraint ${row['name']} ${row['text']}`)
	];
	return [
		...(view
			? [`create ${kind === 'm' ? 'materialized ' : ''}view ${name} as`, query]
			: [`create table ${name} (`, body.join(',\n'), `)${parted ? ` partition by ${parted}` : ''};`]),
		...(bound ? [`-- a partition ${bound}`] : []),
		...comment(view ? 'view' : 'table', name, about),
		...columns.flatMap((row) => comment('column', `${name}.${row['name']}`, row['about'])),
		...indexes.map((row) => `${row['text']};`),
		...triggers.map((row) => `${row['text']};`),
		...(fenced ? [`alter table ${name} enable row level security;`] : []),
		...(forced ? [`alter table ${name} force row level security;`] : []),
		...policies.map((row) => `create policy ${row['name']} on ${name}${row['manner']} for ${row['command']} to ${row['roles']}${row['seen']}${row['written']};`),
		...granted('table', name, list),
		...columnGrants.flatMap((row) => granted('table', name, row['grants'], ` (${row['name']})`))
	];
}
