/**
 * The chat as the script tag loads it. An element that names no endpoint talks to the server this code came
 * from: built, this file lies one folder below the script tag's own.
 */

import { define } from './elements/define.ts';
import { RivuletChat } from './rivulet-chat.ts';

RivuletChat.defaultEndpoint = new URL(/* @vite-ignore */ '../', import.meta.url).href;
define('rivulet-chat', RivuletChat);
