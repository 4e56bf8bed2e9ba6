/**
 * What words of column names mean to each other. Written from what the words mean, not from any one schema; a project adds its own
 * with `drift.synonyms`. Words are in singular. A pair that is left out costs a rename that nobody is told of; a pair too many
 * costs a wrong one, which is worse.
 */

/** Words that may stand for each other. A word may be in more than one group; groups do not add up. */
export const synonyms: readonly (readonly string[])[] = [
  ['input', 'context', 'parameter', 'argument'],
  ['output', 'result', 'outcome', 'response'],
  ['attempt', 'retry', 'try'],
  ['maximum', 'limit', 'cap'],
  ['count', 'number', 'quantity'],
  ['created', 'inserted', 'added', 'creation'],
  ['updated', 'modified', 'changed', 'edited', 'update', 'modification'],
  ['deleted', 'removed', 'deletion'],
  ['start', 'begin', 'started', 'begun', 'beginning'],
  ['end', 'finish', 'finished', 'completed', 'ended', 'completion'],
  ['expire', 'expiry', 'expiration', 'expired'],
  ['email', 'mail'],
  ['phone', 'telephone'],
  ['description', 'detail', 'summary'],
  ['note', 'comment', 'remark'],
  ['body', 'content', 'text'],
  ['data', 'payload', 'content'],
  ['title', 'subject', 'headline', 'heading'],
  ['title', 'name', 'label'],
  ['user', 'account', 'member'],
  ['owner', 'author', 'creator'],
  ['customer', 'client', 'buyer'],
  ['vendor', 'supplier', 'seller'],
  ['company', 'organization', 'business'],
  ['employee', 'staff', 'worker'],
  ['price', 'cost'],
  ['amount', 'total', 'sum'],
  ['status', 'state'],
  ['type', 'kind', 'category'],
  ['active', 'enabled'],
  ['inactive', 'disabled'],
  ['image', 'picture', 'photo', 'avatar'],
  ['url', 'link', 'href', 'uri'],
  ['zip', 'postal', 'post'],
  ['region', 'province', 'state'],
  ['city', 'town'],
  ['hash', 'digest', 'checksum'],
  ['order', 'position', 'sequence', 'rank'],
  ['score', 'rating'],
  ['duration', 'elapsed'],
  ['due', 'deadline'],
  ['version', 'revision'],
  ['setting', 'config', 'option', 'preference'],
  ['metadata', 'attribute', 'property'],
  ['error', 'failure', 'exception'],
  ['reason', 'cause'],
  ['language', 'locale'],
  ['source', 'origin'],
  ['destination', 'target'],
  ['recipient', 'receiver'],
  ['invoice', 'bill'],
  ['cancelled', 'canceled', 'aborted'],
  ['approved', 'accepted'],
  ['rejected', 'declined'],
  ['gender', 'sex'],
  ['salary', 'wage'],
  ['scheduled', 'planned'],
  ['seen', 'viewed', 'visited'],
  ['stock', 'inventory'],
  ['brand', 'manufacturer'],
  ['discount', 'rebate'],
  ['tax', 'vat'],
  ['verified', 'confirmed'],
  ['published', 'released'],
  ['weight', 'mass'],
  ['password', 'passphrase'],
  ['backoff', 'delay', 'wait'],
];

/** Words of one axis name different things, so two names that differ by them are two columns. */
export const opposites: readonly (readonly string[])[] = [
  ['minimum', 'maximum', 'average', 'default'],
  ['count', 'maximum', 'limit', 'minimum'],
  ['first', 'last', 'next', 'previous', 'current', 'middle'],
  ['start', 'end', 'due'],
  ['created', 'updated', 'deleted', 'expired', 'published', 'archived', 'verified', 'seen'],
  ['from', 'to'],
  ['source', 'destination'],
  ['sender', 'recipient'],
  ['old', 'new'],
  ['before', 'after'],
  ['input', 'output', 'error'],
  ['width', 'height', 'depth', 'length', 'weight'],
  ['latitude', 'longitude'],
  ['billing', 'shipping', 'home', 'work'],
  ['parent', 'child', 'root'],
  ['open', 'close', 'opened', 'closed'],
  ['buy', 'sell'],
  ['credit', 'debit'],
  ['gross', 'net'],
  ['public', 'private'],
  ['active', 'inactive'],
  ['visible', 'hidden'],
  ['in', 'out'],
  ['incoming', 'outgoing'],
  ['left', 'right'],
  ['top', 'bottom'],
  ['internal', 'external'],
  ['one', 'two', 'three'],
  ['day', 'week', 'month', 'year', 'hour', 'minute', 'second'],
  ['actual', 'expected', 'estimated', 'planned'],
  ['customer', 'vendor', 'employee'],
];

/** Words that make another thing of what they stand beside: `max_attempts` are no `attempts`. */
export const qualifiers: ReadonlySet<string> = new Set(['maximum', 'minimum', 'limit', 'average', 'next', 'previous', 'default', 'old', 'new', 'expected', 'estimated', 'remaining', 'original']);

/** What a name is about at its end: `user_name` and `user_code` are different things of one user. */
export const heads: ReadonlySet<string> = new Set([
  'id', 'name', 'code', 'type', 'status', 'count', 'url', 'email', 'phone', 'address', 'description', 'number', 'amount', 'price', 'hash', 'key', 'token', 'message', 'backtrace', 'class',
  'version', 'rate', 'percent', 'color', 'format', 'image', 'file', 'path', 'size', 'date', 'language', 'currency', 'reference', 'note', 'title', 'slug', 'city', 'region', 'country', 'zip',
]);

/** Words that say little: of what sort a value is, not what it is about. Weight 1 is a word that says what it is about. */
export const weights: ReadonlyMap<string, number> = new Map([
  ...['is', 'has', 'was', 'the', 'of', 'at', 'on', 'in', 'by', 'for', 'and', 'a'].map((word) => [word, 0.05] as const),
  ...['date', 'time', 'flag', 'json', 'text', 'string', 'value', 'data', 'info', 'field'].map((word) => [word, 0.25] as const),
  ...['id', 'count', 'number', 'code', 'key', 'type', 'total'].map((word) => [word, 0.3] as const),
  ...['name', 'title', 'status', 'maximum', 'minimum', 'limit', 'url'].map((word) => [word, 0.6] as const),
]);

const writtenOut: Readonly<Record<string, string>> = {
  addr: 'address', amt: 'amount', avg: 'average', cfg: 'config', conf: 'config', configuration: 'config', curr: 'current', cur: 'current', dept: 'department', desc: 'description', descr: 'description',
  dest: 'destination', dst: 'destination', dob: 'birth date', birthday: 'birth date', birthdate: 'birth date', doc: 'document', env: 'environment', err: 'error', exp: 'expire', fname: 'first name',
  firstname: 'first name', forename: 'first name', fullname: 'full name', img: 'image', info: 'information', lang: 'language', lastname: 'last name', lname: 'last name', surname: 'last name',
  lat: 'latitude', lng: 'longitude', lon: 'longitude', long: 'longitude', max: 'maximum', meta: 'metadata', min: 'minimum', msg: 'message', no: 'number', num: 'number', org: 'organization',
  organisation: 'organization', param: 'parameter', pic: 'picture', postcode: 'postal code', prev: 'previous', prio: 'priority', pwd: 'password', passwd: 'password', qty: 'quantity', ref: 'reference',
  seq: 'sequence', src: 'source', tel: 'telephone', temp: 'temperature', timestamp: 'time', datetime: 'date time', ts: 'time', tz: 'timezone', username: 'user name', usr: 'user', val: 'value',
  ver: 'version', zipcode: 'zip code', filename: 'file name', filesize: 'file size', expires: 'expire', starts: 'start', ends: 'end', retries: 'retry', tries: 'try',
};

/** Abbreviations and words written together → the words they stand for. */
export const abbreviations: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(writtenOut).map(([short, long]) => [short, long.split(' ')]));
