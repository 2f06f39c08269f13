/** Columns of the list of people, as they stand in the address. */
export const peopleColumns = [{ key: 'name', always: true }, { key: 'role' }, { key: 'organisation' }, { key: 'place' }, { key: 'account' }, { key: 'since', hidden: true }, { key: 'origin' }] as const;
