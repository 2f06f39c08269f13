import type { RequestHandler } from './$types.js';
import { organisationTemplate } from '#modules/network/exports.server.ts';
import { template } from '../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => template(event, 'organisations-template', organisationTemplate);
