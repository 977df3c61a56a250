import type { FormField, ProviderForm } from '../../../providers/form-fields.js';
import { describeOrder, orderSchema, type JsonSchema } from '../../../serve/backend/order-rules.js';
import { parse, ShapeError, type Issue } from '../../../shared/schema.js';
import { wrong, type Finding } from '../finding.js';
import { findFieldProblems } from '../form-problems.js';

const check = 'fields';

/** Compares the order that the shop answered with the rules of the endpoints, and with what the provider needs. */
export function findOrderProblems(order: Readonly<Record<string, unknown>>, provider: string, needs: ProviderForm['order']): Finding[] {
  const unknownKey = 'is no field of an order, so it has no effect';
  return [
    ...findFieldProblems(toField(describeOrder()), order, { check, path: 'order', unknownKey }),
    ...findSchemaProblems(order),
    ...findMissingNeeds(order, provider, needs),
  ];
}

/** Keeps the names of the fields only: the schema itself checks the values. */
function toField(schema: JsonSchema): FormField {
  const { properties } = [schema, ...(schema.anyOf ?? [])].find((one) => one.properties) ?? {};
  if (!properties) return { rules: [] };
  return { rules: [], fields: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, toField(inner)])) };
}

function findSchemaProblems(order: object): Finding[] {
  const result = orderSchema.safeParse(order);
  return result.success ? [] : result.error.issues.map((issue) => wrong(check, describeIssue(issue, order)));
}

/** Describes one issue in the words of the endpoints, which report the first issue only. */
function describeIssue(issue: Issue, order: object): string {
  try {
    parse({ safeParse: () => ({ success: false, error: { issues: [issue] } }) }, order, 'the order');
    return '';
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return error.message;
  }
}

function findMissingNeeds(
  { buyer, currency }: Readonly<Record<string, unknown>>,
  provider: string,
  needs: ProviderForm['order'],
): Finding[] {
  const { needsBuyer, currencies } = needs;
  const isForeign = currencies && typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) && !currencies.includes(currency);
  const problems = [
    needsBuyer &&
      (buyer ?? undefined) === undefined &&
      wrong(check, `the order: \`buyer\` should be an object for ${provider}, but was missing.`),
    isForeign &&
      wrong(check, `the order: \`currency\` should be one of ${currencies.join(', ')} for ${provider}, but was a different string.`),
  ];
  return problems.filter((problem) => problem !== undefined && problem !== false);
}
