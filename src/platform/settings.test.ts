import { describe, expect, it } from 'vitest';
import { declarations, InvalidSetting, readSettings } from './settings.ts';

const complaint = (env: Record<string, string>): string => {
	try {
		readSettings(env);
	} catch (error) {
		if (error instanceof InvalidSetting) return error.message;
		throw error;
	}
	return 'no complaint';
};

describe('settings', () => {
	it('has a default for all that a first start needs', () => {
		const settings = readSettings({});
		expect(settings).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', HAMKOR_ROLE: 'all', HAMKOR_TRUSTED_PROXY: [] });
		expect(settings.HAMKOR_DATA).toMatch(/^\/.*\.data$|^[A-Z]:/);
	});

	it('are all read: each declared one reaches the program', () => {
		expect(Object.keys(declarations).filter((name) => complaint({ [name]: ' \u0000impossible' }) === 'no complaint')).toEqual([
			'HOST', 'HAMKOR_DATA'
		]);
	});

	it('count as left out when empty', () => {
		expect(readSettings({ PORT: '', DATABASE_URL: '' }).PORT).toBe(3000);
	});

	it.each(['-1', '65536', '80x', '1e3', ' 80', '0x50'])('knows no port "%s"', (PORT) => {
		expect(complaint({ PORT })).toBe(`The setting PORT is "${PORT}", which is not possible: it should be a number from 0 to 65535.`);
	});

	it.each(['HAMKOR', 'ftp://a', 'https://a.example/path', 'https://a.example?x'])('knows no origin "%s"', (HAMKOR_ORIGIN) => {
		expect(complaint({ HAMKOR_ORIGIN })).toContain('The setting HAMKOR_ORIGIN is');
	});

	it('keeps the origin without a slash', () => {
		expect(readSettings({ HAMKOR_ORIGIN: 'https://a.example/' }).HAMKOR_ORIGIN).toBe('https://a.example');
	});

	it.each(['10.0.0.0/33', '::1/129', 'proxy', '10.0.0'])('trusts no "%s"', (HAMKOR_TRUSTED_PROXY) => {
		expect(complaint({ HAMKOR_TRUSTED_PROXY })).toContain('IP addresses or networks');
	});

	it('repeats no secret', () => {
		expect(complaint({ DATABASE_URL: 'mysql://owner:hunter2@host/db' })).toBe(
			'The setting DATABASE_URL is not understood: it should be postgresql://user:password@host:5432/database.'
		);
	});

	it('says which ones belong together', () => {
		expect(complaint({ HAMKOR_TLS_CERT: 'a.pem' })).toMatch(/belong together/);
		expect(complaint({ SMTP_URL: 'smtp://mail.example' })).toMatch(/MAIL_FROM is needed too/);
		expect(complaint({ HAMKOR_ROLE: 'web' })).toMatch(/^HAMKOR_ROLE is web, so DATABASE_URL is needed/);
	});
});
