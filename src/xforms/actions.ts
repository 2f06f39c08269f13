import { xpath, type Action, type FormNode } from './form.ts';
import type { Paths } from './paths.ts';
import { element, type XmlElement } from './xml.ts';

/** Writes an action; a `setvalue` without a value of its own sets the node's computed default. */
export function actionElement(action: Action, node: FormNode, paths: Paths): XmlElement {
	const value = action.element === 'setvalue' ? (action.value ?? node.default) : undefined;
	const place = { sheet: node.sheet, row: node.row, column: 'default' };
	return element(action.element, {
		ref: xpath(node),
		event: action.event,
		value: value === undefined ? undefined : paths.resolve(value, node, { place }),
		...action.attributes
	});
}
