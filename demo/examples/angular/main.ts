/** The chat in Angular 21: its properties follow the signals, events and a hook are the class's, its methods are on `#chat`. */

// The Angular CLI compiles templates beforehand, and then needs neither this nor the tsconfig.json beside it.
import '@angular/compiler';
import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import 'rivulet-chat';
import type { BeforeSend } from 'rivulet-chat';

@Component({
  selector: 'tea-shop',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <h1>A tea shop</h1>
    <p>
      <label>
        Tea
        <select (change)="tea.set($any($event.target).value)">
          <option>Sencha</option>
          <option>Oolong</option>
        </select>
      </label>
      <button type="button" (click)="chat.send('How do I brew it?')">How do I brew it?</button>
      Answers: <output>{{ answers() }}</output>
    </p>
    <rivulet-chat
      #chat
      endpoint="https://your-proxy.example"
      persist="session"
      [suggestions]="suggestions"
      [context]="'The visitor looks at ' + tea() + '.'"
      [beforeSend]="exactly"
      (rivulet-answer)="count()"
    ></rivulet-chat>
  `,
})
class TeaShop {
  readonly tea = signal('Sencha');
  readonly answers = signal(0);
  readonly suggestions = ['Where does it come from?', 'How much caffeine has it?'];
  readonly exactly: BeforeSend = request => ({ ...request, temperature: 0 });

  count() {
    this.answers.update(count => count + 1);
  }
}

await bootstrapApplication(TeaShop);
