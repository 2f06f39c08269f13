import { isIP } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** One setting: what it is called, what it may be, and what a person who runs the program is told about it. */
type Setting<T extends z.ZodType> = {
	readonly schema: T;
	/** What it means, in a sentence or two, for docs/settings.md. */
	readonly about: string;
	/** What values look like. */
	readonly form: string;
	/** Its value is never shown. */
	readonly secret?: true;
};

const setting = <T extends z.ZodType>(of: Setting<T>): Setting<T> => of;

const wholeNumber = (least: number, most: number) =>
	z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(least).max(most));

/** An IP address, or a network as address/bits. */
const isNetwork = (text: string): boolean => {
	const [address = '', bits] = text.split('/');
	const version = isIP(address);
	if (version === 0) return false;
	return bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
};

const networks = z
	.string()
	.transform((text) => text.split(',').map((each) => each.trim()).filter(Boolean))
	.pipe(z.array(z.string().refine(isNetwork)));

/** An address without path: scheme, host, port. */
const origin = z
	.url({ protocol: /^https?$/ })
	.refine((text) => URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, ''))
	.transform((text) => new URL(text).origin);

const optionalFile = z.string().min(1).transform((file) => path.resolve(file)).optional();

/** Every setting of the program. Nothing else reads the environment. */
export const declarations = {
	PORT: setting({
		schema: wholeNumber(0, 65535).default(3000),
		about: 'The port to listen on. 0 takes any free one.',
		form: 'a number from 0 to 65535'
	}),
	HOST: setting({
		schema: z.string().min(1).default('127.0.0.1'),
		about:
			'The address to listen on. The default answers this machine alone; 0.0.0.0 or :: answers the network, which should only be done with TLS.',
		form: 'an IP address or a host name'
	}),
	HAMKOR_DATA: setting({
		schema: z.string().min(1).default(path.join(root, '.data')).transform((folder) => path.resolve(folder)),
		about: 'The data folder: the embedded database, uploaded files and the secrets this installation made for itself.',
		form: 'a folder'
	}),
	DATABASE_URL: setting({
		schema: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
		about:
			'An external PostgreSQL 16 or newer, by an account that owns that database and may create roles. Left out, the PostgreSQL that comes with Hamkor runs inside the data folder.',
		form: 'postgresql://user:password@host:5432/database',
		secret: true
	}),
	HAMKOR_ROLE: setting({
		schema: z.enum(['all', 'web', 'worker']).default('all'),
		about: 'What this process does: answers requests (web), runs jobs (worker), or both (all). web and worker need DATABASE_URL.',
		form: 'all, web or worker'
	}),
	HAMKOR_ORIGIN: setting({
		schema: origin.optional(),
		about:
			'The address under which people reach the program, for links, passkeys and the check that forms come from our own pages. Needed as soon as anyone but this machine uses it.',
		form: 'https://hamkor.example.org'
	}),
	HAMKOR_TLS_CERT: setting({
		schema: optionalFile,
		about: 'The certificate chain, when the program itself answers by HTTPS.',
		form: 'a PEM file'
	}),
	HAMKOR_TLS_KEY: setting({
		schema: optionalFile,
		about: 'The private key that belongs to HAMKOR_TLS_CERT.',
		form: 'a PEM file'
	}),
	HAMKOR_TRUSTED_PROXY: setting({
		schema: networks.default([]),
		about: 'The reverse proxies whose X-Forwarded-Proto and X-Forwarded-Host are believed. From anyone else these headers are dropped.',
		form: 'IP addresses or networks, separated by commas: 127.0.0.1,10.0.0.0/8'
	}),
	HAMKOR_BODY_LIMIT: setting({
		schema: wholeNumber(1, 1024).default(25),
		about: 'The largest request a page accepts, in megabytes. Doors for machines have limits of their own.',
		form: 'megabytes, 1 to 1024'
	}),
	HAMKOR_SUBMISSION_LIMIT: setting({
		schema: wholeNumber(5, 2048).default(100),
		about:
			'The largest request with answers and their files (pictures, sound, video), in megabytes. Collection apps are told it and send what is more in several requests; one file alone must fit. A reverse proxy in front must let as much through.',
		form: 'megabytes, 5 to 2048'
	}),
	HAMKOR_SHUTDOWN_SECONDS: setting({
		schema: wholeNumber(1, 600).default(25),
		about: 'How long requests and jobs under way may take to finish when the program is told to stop.',
		form: 'seconds, 1 to 600'
	}),
	HAMKOR_LOG_LEVEL: setting({
		schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).optional(),
		about: 'What is logged to the error stream: info when it goes to a file or a collector, warn at a terminal, unless set here.',
		form: 'fatal, error, warn, info, debug or silent'
	}),
	HAMKOR_UI_GALLERY: setting({
		schema: z.enum(['0', '1']).default('0').transform((value) => value === '1'),
		about: 'For development and tests only: shows the page /_ui with all components of the interface.',
		form: '0 or 1'
	}),
	HAMKOR_FAST_TESTS: setting({
		schema: z.enum(['0', '1']).default('0').transform((value) => value === '1'),
		about: 'For tests only: the embedded database does not wait for the disk, so a power cut loses data.',
		form: '0 or 1'
	}),
	SMTP_URL: setting({
		schema: z.url({ protocol: /^smtps?$/ }).optional(),
		about: 'The mail server. Left out, messages are kept in an outbox that can be read in the program.',
		form: 'smtps://user:password@mail.example.org',
		secret: true
	}),
	MAIL_FROM: setting({
		schema: z.string().regex(/^[^\r\n]*@[^\r\n]*$/).optional(),
		about: 'The sender of e-mail. Needed when SMTP_URL is set.',
		form: 'Hamkor <hamkor@example.org>'
	})
};


/** The environment holds a setting that is not possible. The message is a sentence for the person who set it. */
export class InvalidSetting extends Error {
	override readonly name = 'InvalidSetting';
}

const schema = z.object({
	PORT: declarations.PORT.schema,
	HOST: declarations.HOST.schema,
	HAMKOR_DATA: declarations.HAMKOR_DATA.schema,
	DATABASE_URL: declarations.DATABASE_URL.schema,
	HAMKOR_ROLE: declarations.HAMKOR_ROLE.schema,
	HAMKOR_ORIGIN: declarations.HAMKOR_ORIGIN.schema,
	HAMKOR_TLS_CERT: declarations.HAMKOR_TLS_CERT.schema,
	HAMKOR_TLS_KEY: declarations.HAMKOR_TLS_KEY.schema,
	HAMKOR_TRUSTED_PROXY: declarations.HAMKOR_TRUSTED_PROXY.schema,
	HAMKOR_BODY_LIMIT: declarations.HAMKOR_BODY_LIMIT.schema,
	HAMKOR_SUBMISSION_LIMIT: declarations.HAMKOR_SUBMISSION_LIMIT.schema,
	HAMKOR_SHUTDOWN_SECONDS: declarations.HAMKOR_SHUTDOWN_SECONDS.schema,
	HAMKOR_LOG_LEVEL: declarations.HAMKOR_LOG_LEVEL.schema,
	HAMKOR_UI_GALLERY: declarations.HAMKOR_UI_GALLERY.schema,
	HAMKOR_FAST_TESTS: declarations.HAMKOR_FAST_TESTS.schema,
	SMTP_URL: declarations.SMTP_URL.schema,
	MAIL_FROM: declarations.MAIL_FROM.schema
});

/** The settings after validation, by name. */
export type Settings = Readonly<z.infer<typeof schema>>;

/**
 * Reads the settings from an environment. An empty value counts as left out.
 *
 * @throws InvalidSetting with one sentence naming the first setting that is wrong; a secret's value is not repeated
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
	const given = Object.fromEntries(
		Object.keys(declarations).flatMap((name) => (env[name] ? [[name, env[name]]] : []))
	);
	const result = schema.safeParse(given);
	if (result.success) {
		checkTogether(result.data);
		return result.data;
	}
	const wrong = String(result.error.issues[0]?.path[0]);
	const declared: Readonly<Record<string, Setting<z.ZodType>>> = declarations;
	const { form = 'something else', secret } = declared[wrong] ?? {};
	throw new InvalidSetting(
		secret
			? `The setting ${wrong} is not understood: it should be ${form}.`
			: `The setting ${wrong} is "${env[wrong] ?? ''}", which is not possible: it should be ${form}.`
	);
}

/** What single values cannot tell. */
function checkTogether(settings: Settings): void {
	if ((settings.HAMKOR_TLS_CERT === undefined) !== (settings.HAMKOR_TLS_KEY === undefined)) {
		throw new InvalidSetting('HAMKOR_TLS_CERT and HAMKOR_TLS_KEY belong together: set both, or neither.');
	}
	if (settings.SMTP_URL !== undefined && settings.MAIL_FROM === undefined) {
		throw new InvalidSetting('SMTP_URL is set, so MAIL_FROM is needed too: set it to the sender of the messages.');
	}
	if (settings.HAMKOR_ROLE !== 'all' && settings.DATABASE_URL === undefined) {
		throw new InvalidSetting(
			`HAMKOR_ROLE is ${settings.HAMKOR_ROLE}, so DATABASE_URL is needed: several processes share one external PostgreSQL.`
		);
	}
}

let current: Settings | undefined;

/** The settings of this process, read once. @throws InvalidSetting */
export function settings(): Settings {
	current ??= readSettings(process.env);
	return current;
}
