// A certified OpenID provider on loopback: node provider.mjs PORT REDIRECT_URI
// Whoever signs in names themselves: the name decides what the provider says of them, and how its token is spoiled.
import { once } from "node:events";
import { SignJWT, decodeJwt, exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const kid = "key";
const [keys, others] = await Promise.all([0, 1].map(() => generateKeyPair("RS256", { extractable: true })));

const PEOPLE = {
  editor: { name: "Lin Editor", email: "Lin@example.org", email_verified: true },
  admin: { name: "Ada Admin" },
  reader: { name: "Rea <b>Reader</b>", email: "rea@example.org", email_verified: true },
  unverified: { name: "Lin Again", email: "lin@example.org", email_verified: false },
};
// Each is otherwise the editor, so that nothing but what is spoiled keeps them out.
const now = () => Math.floor(Date.now() / 1000);
const SPOILED = {
  "other-audience": (token) => ({ ...token, aud: "another-program" }),
  "other-audience-named-bearer": (token) => ({ ...token, aud: "another-program", azp: token.aud }),
  "other-issuer": (token) => ({ ...token, iss: "https://elsewhere.example" }),
  "other-nonce": (token) => ({ ...token, nonce: "another" }),
  "expired": (token) => ({ ...token, exp: now() - 600 }),
  "just-expired": (token) => ({ ...token, exp: now() - 60 }), // within what libraries forgive of clocks that differ
  "bad-signature": (token) => token,
};

async function respelled(token, sub) {
  const key = (sub === "bad-signature" ? others : keys).privateKey;
  return new SignJWT(SPOILED[sub](decodeJwt(token))).setProtectedHeader({ alg: "RS256", kid }).sign(key);
}

const provider = new Provider(issuer, {
  clients: [{
    client_id: "tracker", client_secret: "tracker-secret", redirect_uris: [redirect],
    post_logout_redirect_uris: [redirect], grant_types: ["authorization_code"], response_types: ["code"],
  }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false, // the e-mail address stands in the ID token
  cookies: { keys: ["signs the cookies of a test"] },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  jwks: { keys: [{ ...(await exportJWK(keys.privateKey)), kid, alg: "RS256", use: "sig" }] },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...(PEOPLE[sub] ?? PEOPLE.editor) }) }),
  loadExistingGrant: async ({ oidc }) => { // nobody is asked whether the dashboard may know who they are
    const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/interaction/")) {
    await next();
    const token = ctx.oidc?.route === "token" && ctx.body?.id_token;
    const sub = token && decodeJwt(token).sub;
    if (sub in SPOILED) ctx.body = { ...ctx.body, id_token: await respelled(token, sub) };
    return;
  }
  if (ctx.query.name) {
    await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: ctx.query.name } });
    ctx.respond = false;
  } else {
    ctx.body = '<!DOCTYPE html><html lang="en"><title>Provider</title><form><label>Name <input name="name"></label>'
      + "<button>Continue</button></form></html>";
  }
});

await once(provider.listen(Number(port), "127.0.0.1"), "listening");
console.log("listening");
