import { z } from 'zod';

/** A sign-in name as it is kept and compared: without blanks around it, in small letters. */
export const normalName = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase();

/** A sign-in name as it is chosen. It need not be an e-mail address; letters of any script. */
export const newSignInName = z
	.string()
	.transform(normalName)
	.pipe(z.string().min(3, 'sign-in-name.form').max(80).regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@ʻʼ+-]*$/u, 'sign-in-name.form'));

/** What a person may be called towards others. */
export const displayName = z.string().trim().min(1).max(120).regex(/^[^\u0000-\u001f<>]*$/, 'field-invalid');
