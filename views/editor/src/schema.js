// What a JSON Schema says of a place in a YAML text: which keys and values may stand there, and what they mean.

// A schema may point elsewhere, or allow nothing beside what it is about.
const settled = (root, schema) => {
  let one = schema;
  while (one?.$ref) one = { ...root.$defs[one.$ref.split("/").at(-1)], ...without(one, "$ref") };
  const some = one?.anyOf?.filter((each) => each.type !== "null") ?? [];
  return some.length === 1 ? { ...settled(root, some[0]), ...without(one, "anyOf") } : (one ?? {});
};
const without = (object, key) => Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));

const below = (root, schema, key) => {
  if (key === "*" && schema.items) return settled(root, schema.items);
  const named = schema.properties?.[key];
  if (named) return settled(root, named);
  const others = schema.additionalProperties;
  if (others && typeof others === "object") return settled(root, others);
  const patterned = Object.values(schema.patternProperties ?? {})[0];
  return patterned ? settled(root, patterned) : {};
};

// The schema at a path from the root.
export const schemaAt = (root, path) => path.reduce((schema, key) => below(root, schema, key), settled(root, root));

export const values = (schema) => (schema.const !== undefined ? [schema.const] : schema.type === "boolean" ? [true, false] : (schema.enum ?? []));

// What a key means, and what one of the values that it may have.
export const described = (schema) => schema.description ?? "";
export const meaningOf = (schema, value) => schema.enumDescriptions?.[(schema.enum ?? []).indexOf(value)] ?? "";

// Whether nothing but the named keys may stand in it.
export const isClosed = (schema) => Boolean(schema.properties) && schema.additionalProperties === false;

// The name of the list whose ids may stand at a path, from `{ "indicators.*.id": "indicators" }`.
export const listAt = (known, path) => {
  const found = Object.keys(known.paths ?? {}).find((pattern) => matches(pattern.split("."), path));
  return found && known.lists[known.paths[found]];
};
const matches = (pattern, path) => pattern.length === path.length && pattern.every((part, i) => part === "*" || part === path[i]);
