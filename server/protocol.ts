/** Every word that crosses the wire between the proxy and its pages: types and constants, and nothing else. */

// ---- Paths, relative to the proxy's base URL ----

export const paths = {
  completions: '/v1/chat/completions',
  /** Followed by a slash and the id of a stream: GET resumes it, DELETE stops it. */
  streams: '/v1/streams',
  models: '/v1/models',
  widget: '/v1/widget',
  session: '/v1/session',
  feedback: '/v1/feedback',
  contact: '/v1/contact',
  /** A stream of ticks as an answer's is, for `rivulet-chat doctor`. */
  probe: '/v1/probe',
} as const;

// ---- Headers ----

/** Response header that names the stream of an answer; a server without it is an ordinary OpenAI-compatible one. */
export const STREAM_HEADER = 'Rivulet-Stream';
/**
 * Response header: the id of the model that answers, which may be one that stands in for the one that was asked for. Not
 * there where the headers had to go out before that was known: the events have the upstream's own name for it.
 */
export const MODEL_HEADER = 'Rivulet-Model';
/** Request header: `1` says that the client resumes its stream when the connection breaks; without it, that ends the answer. */
export const RESUME_HEADER = 'Rivulet-Resume';
/** Request header of a resumed stream: the number of the last event that the client has. */
export const LAST_EVENT_HEADER = 'Last-Event-ID';
/** Request header: a key of the client's for its question, under which a repeated request gets the same answer. */
export const IDEMPOTENCY_HEADER = 'Idempotency-Key';
/** Response header with the id under which the proxy logged the request. */
export const REQUEST_ID_HEADER = 'X-Request-Id';

// ---- The event stream ----

/** The data of the terminal event of a completion. */
export const DONE = '[DONE]';
/** The `event:` name of the terminal event of a failed or stopped answer. */
export const ERROR_EVENT = 'error';

export type Role = 'system' | 'user' | 'assistant' | 'tool';

/** One of the parts of a message that is more than a text. */
export type ContentPart =
  | { type: 'text'; text: string }
  /** A `data:` URL, or one of a site that the operator trusts. */
  | { type: 'image_url'; image_url: { url: string; detail?: 'auto' | 'low' | 'high' | undefined } };

export interface ChatMessage {
  role: Role;
  /** Null where the model said nothing before it called functions. */
  content: string | readonly ContentPart[] | null;
  /** What an `assistant` message calls. */
  tool_calls?: readonly WireToolCall[];
  /** Id of the tool call that a `tool` message answers. */
  tool_call_id?: string;
  /** What the model thought before an `assistant` message; the proxy passes it on to models that are to be told. */
  reasoning_content?: string;
}

/** A call of a function of the page's. `arguments` is JSON. */
export interface WireToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

/** A function of the page's, as a request offers it. */
export interface WireTool {
  type: 'function';
  function: { name: string; description?: string; parameters?: object };
}

/** Finish reasons by which upstreams say that the answer was cut on their side: it never passes for complete. */
export const interruptedReasons: readonly string[] = [
  'error',
  'network_error',
  'insufficient_system_resource',
];

/** Tokens counted by the upstream. */
export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

/** One event's JSON. Upstreams add fields of their own; these are the ones that somebody here reads. */
export interface CompletionChunk {
  id?: string;
  model?: string;
  choices?: Array<{
    index?: number;
    delta?: {
      role?: string;
      content?: string | null;
      /** The model's thinking, as DeepSeek, Qwen and GLM name it. */
      reasoning_content?: string | null;
      /** The model's thinking, as OpenRouter and Ollama name it. */
      reasoning?: string | null;
    };
    finish_reason?: string | null;
  }>;
  usage?: Usage | null;
}

/**
 * What the proxy says of an answer, right before its terminal event: a comment, which clients pass over that do not know
 * it, and the JSON of this in it, as `: {"rivulet":{…}}`.
 */
export interface AnswerFigures {
  /** From the request to the first token, the attempts before it included, in milliseconds; null where none came. */
  ttft_ms: number | null;
  /** From the request to the end, in milliseconds. */
  duration_ms: number;
  /** By the list price, failed attempts included; null where the price or the count of tokens is not known. */
  cost: { amount: number; currency: string } | null;
}

// ---- Errors ----

/** Codes of errors that have an HTTP status, and the status. */
export const errorStatus = {
  invalid_request: 400,
  model_not_allowed: 400,
  length_exceeded: 400,
  unauthorized: 401,
  origin_not_allowed: 403,
  not_found: 404,
  payload_too_large: 413,
  too_many_streams: 429,
  rate_limited: 429,
  budget_exhausted: 429,
  upstream_rate_limited: 429,
  internal_error: 500,
  upstream_unauthorized: 502,
  upstream_error: 502,
  overloaded: 503,
  paused: 503,
  upstream_timeout: 504,
} as const;

/** Codes that only ever end a stream that has begun. */
export type InBandCode = 'interrupted' | 'stopped' | 'abandoned';

export type ErrorCode = keyof typeof errorStatus | InBandCode;

/** OpenAI's error object. `retryable` is there in the terminal event of a stream, where no status can say it. */
export interface WireError {
  error: {
    message: string;
    type: string;
    code: ErrorCode;
    param: string | null;
    retryable?: boolean;
  };
}

// ---- Lists and settings ----

/** Price of a million tokens. */
export interface Price {
  input: number;
  output: number;
  /** ISO 4217 code, `USD` where it is absent. */
  currency?: string;
}

/** One entry of `GET /v1/models`: OpenAI's fields, and ours under `rivulet`. */
export interface ModelEntry {
  id: string;
  object: 'model';
  created: number;
  owned_by: string;
  rivulet: {
    label: string;
    default: boolean;
    /** Whether the model can see images. */
    vision: boolean;
    /** Null where the operator has set none and the catalogue knows none. */
    price: Price | null;
    /** Median of the latest times to first token seen here, in milliseconds; null until one was. */
    ttft_ms: number | null;
  };
}

export interface ModelList {
  object: 'list';
  data: ModelEntry[];
}

/** A text that visitors get by typing a slash and its name. */
export interface TextCommand {
  name: string;
  text: string;
  /** What stands beside the name. */
  label?: string;
}

/** `GET /v1/widget`: what the site owner set for the widget, and the limits it should keep to. */
export interface WidgetSettings {
  title?: string;
  greeting?: string;
  suggestions?: string[];
  placeholder?: string;
  /** What stands beside the launcher where the page wants a teaser and has no words for it. */
  teaser?: string;
  theme?: 'light' | 'dark' | 'auto';
  commands?: TextCommand[];
  /** Whether a model is asked, after each answer, for questions that could come next. */
  followUps?: boolean;
  /** The label of the default model, where visitors have a choice. */
  model?: string;
  /** Whether visitors have sessions here: a token of one goes with each request. */
  session?: true;
  /** Whether a model here is to be told again what it thought before. */
  thinking?: true;
  /** Functions of pages that models may be offered, by name; absent: none. */
  tools?: readonly string[];
  /** Whether the proxy wants to know what visitors think of answers. */
  feedback?: true;
  /** The form by which visitors reach a person. */
  contact?: { fields: ContactField[] };
  limits: {
    /** Most messages in one request. */
    messages: number;
    /** Most bytes of one request's body, without its images. */
    bodyBytes: number;
  };
  /** What may go along with a question; absent where nothing may. */
  attachments?: AttachmentLimits;
}

export interface AttachmentLimits {
  /** Most files of one message. */
  count: number;
  /** Most characters of one message, with the text files that it quotes. */
  characters: number;
  /** Most bytes of the images of one request, as the base64 in it. */
  imageBytes: number;
  /** The models that see images; an empty id is for requests that name none. */
  seeing: string[];
}

/** `POST /v1/session`: what goes with each request of a visitor, as `Authorization: Bearer`. */
export interface SessionToken {
  token: string;
  /** Seconds for which it is accepted. */
  expires_in: number;
}

/** `POST /v1/feedback`: what a visitor thinks of an answer. What comes later of the same message replaces it. */
export interface Feedback {
  /** The ids that the widget gave to both. */
  conversation: string;
  message: string;
  /** The `Idempotency-Key` under which the answer was asked for, if it was: the audit has it too. */
  key?: string;
  /** Null: what was said before is taken back. */
  rating: Rating | null;
  /** In the visitor's words. */
  reason?: string;
}

export type Rating = 'up' | 'down';

/** Most characters of a reason. */
export const MAX_REASON_CHARACTERS = 2_000;

/** As HTML's inputs of the same types, and its `textarea`. */
export type ContactKind = 'text' | 'email' | 'tel' | 'textarea';

export interface ContactField {
  name: string;
  /** What visitors see; for some names the widget has words of its own. */
  label?: string | undefined;
  kind: ContactKind;
  required: boolean;
}

/** Where nobody names others. */
export const usualContactFields = [
  { name: 'name', kind: 'text', required: false },
  { name: 'email', kind: 'email', required: true },
  { name: 'message', kind: 'textarea', required: true },
] as const satisfies readonly ContactField[];

/** `POST /v1/contact`: a filled form. Answered when it is delivered, with 204, or cannot be. */
export interface ContactRequest {
  /** By the names of the fields. */
  fields: Record<string, string>;
  /** Where the visitor lets it go along. */
  conversation?: Transcript;
}

/** What was said, as the visitor's browser has it. */
export interface Transcript {
  id: string;
  messages: TranscriptMessage[];
}

export interface TranscriptMessage {
  role: 'user' | 'assistant';
  content: string;
  /** Milliseconds since 1970. */
  at?: number;
}

/** Most characters of a field, and of one that is a `textarea`. */
export const MAX_FIELD_CHARACTERS = 500;
export const MAX_TEXT_CHARACTERS = 10_000;

// ---- For the operator ----

/** One event of the probe's stream. */
export interface ProbeTick {
  /** Milliseconds since the stream began. */
  elapsedMs: number;
  /** Addresses that came in the header, and how many of them are taken for proxies of the operator's. */
  forwarded: number;
  trustedProxyHops: number;
  trustedProxyHeader: string;
}

/** `GET /status.json`: the last hour of one process. */
export interface StatusReport {
  /** Milliseconds since 1970. */
  at: number;
  /** Answers running now. */
  running: number;
  /** Sixty, the oldest first; the last one goes on. */
  minutes: StatusMinute[];
  /** Those that were asked. */
  models: StatusModel[];
  limits: SiteUse;
}

/** What is used by now of the limits that hold for the whole site. */
export interface SiteUse {
  /** Places for answers; those that other processes hold are not among the used ones. */
  streams: { used: number; most: number };
  /** Tokens of the day, with what is reserved for running answers; null without a limit. */
  tokensPerDay: { used: number; most: number } | null;
}

export interface StatusMinute {
  /** Its beginning, in milliseconds since 1970. */
  at: number;
  /** Most answers that were running at once. */
  running: number;
  /** Requests that got an error and no answer. */
  refusals: number;
  /** Answers that ended, and those of them that failed. */
  answers: number;
  failures: number;
  outputTokens: number;
  /** Time to first token, in milliseconds: median and 95th percentile; null without an answer. */
  ttftMs: number | null;
  ttftP95Ms: number | null;
}

export interface StatusModel {
  model: string;
  answers: number;
  failures: number;
  outputTokens: number;
  ttftMs: number | null;
  ttftP95Ms: number | null;
  /** From the first token on; null where the upstream does not count. */
  tokensPerSecond: number | null;
  /** By the list price; null where that is not known. */
  cost: { amount: number; currency: string } | null;
}
