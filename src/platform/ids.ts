import { v7, validate } from 'uuid';

/** A new identifier: UUID version 7, minted where the thing is born, so that retries carry the same one. */
export const newId = (): string => v7();

/** Whether a text is a UUID of any version. */
export const isId = (text: string): boolean => validate(text);
