/** The settings of `rivulet.config.json`; their JSON schema is made from this. */

import { z } from 'zod';
import { TOOL_NAME } from '../upstream/tools.ts';
import { contact } from './contact.ts';
import { count, httpUrl, ms } from './kinds.ts';

const orNoLimit = (text: string) => z.int().min(0).describe(`${text}; 0: no limit`);

const origin = z.string().refine(text => URL.canParse(text) && new URL(text).origin === text, {
  error: 'must be an origin such as https://example.com, without a path, a slash at the end or a wildcard',
});

const price = z.strictObject({
  input: z.number().min(0).describe('Price of a million tokens of the prompt'),
  output: z.number().min(0).describe('Price of a million tokens of the answer'),
  currency: z.string().length(3).optional().describe('ISO 4217 code; USD where absent'),
});

const model = z.strictObject({
  id: z.string().min(1).describe('What visitors ask for, and what the upstream is asked for'),
  label: z.string().optional().describe('What visitors see'),
  vision: z.boolean().optional().describe('Whether the model can see images'),
  price: price.optional().describe("In place of the catalogue's price"),
  refuses: z
    .array(z.string())
    .optional()
    .describe('Request fields that the model answers with an error: they are not sent to it'),
});

const provider = z.strictObject({
  apiKey: z
    .union([z.string(), z.array(z.string())], { error: 'must be a key, or a list of keys' })
    .optional()
    .describe(
      "The key, or several to be used in turn; absent: from the provider's variable in the environment",
    ),
  apiKeyFile: z.string().optional().describe('A file with the keys, one a line, in place of apiKey'),
  baseUrl: httpUrl.optional().describe('Requests go to <baseUrl>/chat/completions'),
  maxTokensField: z
    .enum(['max_tokens', 'max_completion_tokens'])
    .optional()
    .describe('The field that carries the output limit'),
  takesThinking: z
    .boolean()
    .optional()
    .describe('Whether its models are told again what they thought before; absent: as the catalogue has it'),
  models: z
    .array(z.union([z.string().min(1), model], { error: 'must be the id of a model, or an object with one' }))
    .min(1)
    .optional()
    .describe("The models visitors may ask for; absent: the catalogue's"),
});

export type ProviderSettings = z.infer<typeof provider>;

const tokenLimits = [
  'tokensPerDay',
  'tokensPerDayPerAddress',
  'tokensPerDayPerOrigin',
  'tokensPerDayTotal',
] as const;

const limits = z
  .strictObject({
    streamsPerClient: count(3, 'Answers that one client may have running at once'),
    streamsPerAddress: z
      .int()
      .min(1)
      .optional()
      .describe(
        'Answers that all sessions of one address may have running at once; absent: streamsPerClient',
      ),
    sessionsPerMinute: count(60, 'Sessions that one address may begin or renew in a minute'),
    feedbackPerMinute: count(60, 'Opinions of answers that one address may send in a minute'),
    contactsPerMinute: count(5, 'Contact forms that one address may send in a minute'),
    streamsTotal: count(2_000, 'Answers that may run at once in all'),
    requestsPerMinute: orNoLimit('Answers that one client may ask for in a minute').default(30),
    requestsPerMinutePerAddress: orNoLimit(
      'Answers that all sessions of one address may ask for in a minute; absent: requestsPerMinute',
    ).optional(),
    tokensPerDay: orNoLimit('Tokens, of prompts and answers, that one client may use in a day').default(0),
    tokensPerDayPerAddress: orNoLimit(
      'Tokens that all sessions of one address may use in a day; absent: tokensPerDay',
    ).optional(),
    tokensPerDayPerOrigin: orNoLimit('Tokens that the visitors of one site may use in a day').default(0),
    tokensPerDayTotal: orNoLimit('Tokens that all may use in a day').default(0),
    maxOutputTokens: count(
      4_096,
      'Tokens that an answer may have; what a client asks for above it is cut to it',
    ),
    maxMessages: count(100, 'Messages of one request'),
    maxMessageCharacters: count(100_000, 'Characters of one message'),
    maxBodyBytes: count(1_000_000, 'Bytes of the body of one request, without its images'),
    maxAttachments: z
      .int()
      .min(0)
      .max(100)
      .default(4)
      .describe('Files that a visitor may attach to a message, and images that one may have; 0: none'),
    maxImageBytes: count(4_000_000, 'Bytes of the images of one request, as the base64 in it'),
  })
  .superRefine((limits, issues) => {
    for (const name of tokenLimits) {
      const most = limits[name] ?? 0;
      if (most === 0 || most > limits.maxOutputTokens) continue;
      const message = `must be more than maxOutputTokens, which is ${limits.maxOutputTokens}: an answer may take as much`;
      issues.addIssue({ code: 'custom', path: [name], message });
    }
  });

const timeouts = z.strictObject({
  connectMs: ms(10_000, 'Time to a connection with the upstream'),
  firstTokenMs: ms(60_000, 'Time from the request to the first token, all attempts and fallbacks together'),
  idleMs: ms(60_000, 'Time between two events of the upstream'),
  totalMs: ms(600_000, 'Time that an answer may take in all'),
  pingMs: ms(15_000, 'Silence of a stream after which a comment is sent, so that nothing on the way cuts it'),
  drainMs: ms(30_000, 'Time that running answers have to finish when the process is told to end'),
});

const seconds = (fallback: number, text: string) =>
  z.number().min(0).max(86_400).default(fallback).describe(`${text}, in seconds`);

const resume = z.strictObject({
  graceSeconds: seconds(30, 'Time that an answer goes on when its client is gone; 0 turns resuming off'),
  keepSeconds: seconds(300, 'Time that a finished answer can be read again by its client'),
});

const secret = z
  .string()
  .min(32, 'must have at least 32 characters, as `openssl rand -base64 32` makes them')
  .optional();

const session = z
  .strictObject({
    secret: secret.describe("Signs the tokens of visitors' sessions; absent: there are no sessions"),
    previousSecret: secret.describe('Tokens that it has signed are still accepted'),
    ttlSeconds: z
      .int()
      .min(60)
      .max(3_600)
      .default(600)
      .describe('Time for which a token is accepted, in seconds'),
    required: z.boolean().default(false).describe('Whether nothing is answered without a session'),
    anonymous: z
      .boolean()
      .default(true)
      .describe("Whether POST /v1/session gives tokens; otherwise only the site's own backend makes them"),
    captcha: z
      .strictObject({
        verifyUrl: httpUrl.describe(
          'Asked with the form fields secret and response; answers {"success": true}',
        ),
        secret: z.string().min(1).describe("The site's secret there"),
      })
      .optional()
      .describe('What a visitor has to pass before a session begins'),
    checkMs: ms(5_000, 'Time that this may take'),
  })
  .refine(
    ({ secret, required, captcha, previousSecret }) => secret || !(required || captcha || previousSecret),
    {
      path: ['secret'],
      error: 'is missing, and the other settings of sessions need it',
    },
  );

const textCommand = z.strictObject({
  name: z
    .string()
    .regex(/^[^\s/]{1,32}$/, 'must be 1 to 32 characters, and none of them a space or a slash')
    .describe('What is typed after the slash'),
  text: z.string().min(1).max(4_000).describe('What it puts into the composer'),
  label: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('What stands beside the name; absent: how the text begins'),
});

const widget = z.strictObject({
  title: z.string().optional().describe('Heading of the panel'),
  greeting: z.string().optional().describe('First words, before the visitor has said anything'),
  suggestions: z.array(z.string()).max(8).optional().describe('Questions to begin with'),
  placeholder: z.string().optional().describe('Shown in the empty composer'),
  teaser: z
    .string()
    .max(200)
    .optional()
    .describe('Stands beside the launcher of pages whose tag has an empty data-teaser'),
  commands: z.array(textCommand).max(50).optional().describe('Texts that visitors get by /name'),
  followUps: z
    .boolean()
    .optional()
    .describe('Whether a model is asked, after each answer, for questions that could come next'),
  theme: z
    .enum(['light', 'dark', 'auto'])
    .optional()
    .describe("The scheme of colours; absent: the visitor's"),
});

const metrics = z.strictObject({
  token: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('What opens /metrics and /status, and lets doctor in; absent: they are closed'),
});

const audit = z.strictObject({
  file: z.string().min(1).describe('Gets one line for each answer; reopened on SIGHUP'),
  content: z.boolean().default(false).describe('Whether what was asked and answered stands in it'),
  feedback: z
    .boolean()
    .default(false)
    .describe('Whether visitors can say what they think of an answer, which stands in it too'),
});

export const settingsSchema = z.strictObject({
  $schema: z.string().optional().describe('Address of this schema, for editors; the proxy does not read it'),
  host: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all'),
  port: z.int().min(0).max(65_535).default(3_000).describe('Port to listen on; 0 for any free one'),
  providers: z
    .record(z.string().regex(/^[a-z][a-z0-9_-]*$/, 'must be lower-case letters, digits, - and _'), provider)
    .optional()
    .describe('By name; absent: every provider of the catalogue whose key is in the environment'),
  defaultModel: z.string().optional().describe('The model of requests that name none; absent: the first one'),
  systemPrompt: z.string().optional().describe('Sent before every conversation'),
  fallbacks: z
    .record(z.string(), z.array(z.string()).min(1))
    .default({})
    .describe(
      'By model: those that are asked in its place, in their order, when it fails before its first token',
    ),
  retries: z
    .int()
    .min(0)
    .max(10)
    .default(2)
    .describe('Times that a model is asked again after a failure that may pass, before its first token'),
  allowSystemMessages: z.boolean().default(false).describe('Whether a page may send system messages'),
  tools: z
    .array(z.string().regex(TOOL_NAME, 'must be 1 to 64 letters, digits, - and _'))
    .optional()
    .describe(
      'Functions of pages that models may be offered, by name; absent: none, with the demo model those of the demo page',
    ),
  allowedOrigins: z
    .array(origin)
    .optional()
    .describe('The sites whose pages may use the proxy; absent: its own origin and localhost'),
  allowedImageOrigins: z
    .array(origin)
    .default([])
    .describe('The sites from which upstreams may be told to fetch images; others are sent in the request'),
  limits: limits.prefault({}).describe('What clients may ask for, and how much of it'),
  paused: z
    .union([z.boolean(), z.string().min(1)], { error: 'must be true, false, or the words for clients' })
    .default(false)
    .describe('Whether no answers are given, running ones included; a text is what clients are told'),
  timeouts: timeouts.prefault({}).describe('How long is waited for what'),
  resume: resume.prefault({}).describe('What becomes of an answer whose connection is lost'),
  redisUrl: z
    .url({ protocol: /^rediss?$/, error: 'must be a redis or rediss URL' })
    .optional()
    .describe('A Redis by which several processes share their answers and limits'),
  trustedProxyHops: z
    .int()
    .min(0)
    .default(0)
    .describe('How many reverse proxies of yours stand in front and add to trustedProxyHeader'),
  trustedProxyHeader: z
    .enum(['X-Forwarded-For', 'Forwarded'])
    .default('X-Forwarded-For')
    .describe('The header to which all of them add; no other one is read'),
  session: session
    .prefault({})
    .describe('Sessions, by which a visitor is known whatever address they come from'),
  metrics: metrics.prefault({}).describe('How the proxy is doing, for its operator'),
  audit: audit.optional().describe('A record of all answers; absent: none'),
  contact: contact.optional().describe('A form by which visitors reach a person; absent: there is none'),
  widget: widget.prefault({}).describe('What GET /v1/widget tells the widget'),
});

export type Settings = z.infer<typeof settingsSchema>;

/** For editors and for documentation, as https://json-schema.org/draft/2020-12 has it. */
export function settingsJsonSchema(): object {
  return z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' });
}
