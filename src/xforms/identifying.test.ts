import { describe as suite, expect, it } from 'vitest';
import { convert } from './convert.ts';
import { identifyingQuestions } from './identifying.ts';
import { describe } from './instrument.ts';
import { readMarkdown } from './readMarkdown.ts';

/** The strongest reason found for one question of a type with a label. */
function reasonFor(type: string, label: string, name = 'q'): string | undefined {
	const table = `| survey |\n| | type | name | label::X (en) |\n| | ${type} | ${name} | ${label} |\n| choices |\n| | list_name | name | label |\n| | l | a | A |`;
	const result = convert(readMarkdown(table));
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	return identifyingQuestions(describe(result.form))[0]?.reasons[0];
}

suite('questions that may identify a person', () => {
	it.each([
		['text', "What is the respondent's name?", 'person-name'],
		['text', 'Ismingiz va familiyangiz', 'person-name'],
		['text', 'Исмингиз', 'person-name'],
		['text', 'Ф.И.О. респондента', 'person-name'],
		['text', 'Как Ваше имя?', 'person-name'],
		['text', 'Atıńız', 'person-name'],
		['text', 'Phone number', 'phone'],
		['integer', 'Telefon raqamingiz', 'phone'],
		['text', 'Телефон рақамингиз', 'phone'],
		['text', 'Контактный телефон', 'phone'],
		['text', 'Home address', 'address'],
		['text', 'Yashash manzilingiz', 'address'],
		['text', 'Qaysi koʻchada yashaysiz?', 'address'],
		['text', 'Адрес проживания', 'address'],
		['text', 'Mánzilińiz', 'address'],
		['text', 'E-mail', 'email'],
		['text', 'Elektron pochta', 'email'],
		['text', 'Passport number', 'identity-document'],
		['integer', 'JShShIR (PINFL)', 'identity-document'],
		['text', 'Номер паспорта', 'identity-document'],
		['date', 'Tugʻilgan sanangiz', 'birth-date'],
		['date', 'Дата рождения', 'birth-date'],
		['geopoint', 'Where is the well?', 'exact-location'],
		['image', 'Picture', 'picture'],
		['audio', 'Recording', 'voice'],
		['text', 'What happened?', 'free-text']
	])('%s: %s', (type, label, reason) => {
		expect(reasonFor(type, label)).toBe(reason);
	});

	it('looks at the name of the question too', () => {
		expect(reasonFor('text', 'Question 1', 'respondent_phone')).toBe('phone');
	});

	it.each([
		['integer', 'Nechta farzandingiz bor?'],
		['select_one l', 'Do you have a passport?'],
		['date', 'Suhbat sanasi'],
		['integer', 'Число услуг за месяц'],
		['note', 'Do not write any name or phone number']
	])('leaves alone what cannot: %s: %s', (type, label) => {
		expect(reasonFor(type, label)).toBeUndefined();
	});

	it('tells the name of an organisation from the name of a person', () => {
		expect(reasonFor('text', 'Name of the organisation')).toBe('free-text');
		expect(reasonFor('text', 'Имя организации')).toBe('free-text');
	});
});
