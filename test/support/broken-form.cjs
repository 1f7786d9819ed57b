/** Adds to the built application a page whose form cannot work; loaded before `dist/src/main.js`, which is then started as it is. */
// As `dist/src/main.js` does, which comes too late for what is loaded here.
process.setSourceMapsEnabled(true);
require('reflect-metadata');
const { Controller, Module, Post } = require('@nestjs/common');
const { AppModule } = require('../../dist/src/app.module.js');
const {
  EqualTo,
  PasswordField,
  PostedForm,
  SelectField,
  Validators,
} = require('../../dist/packages/forms/src/index.js');

class BrokenDto {}
Validators(PasswordField('Repeat'), EqualTo('pasword'))(BrokenDto.prototype, 'password2');
SelectField('Topic', { choices: () => undefined })(BrokenDto.prototype, 'topic');

class BrokenPage {
  dto = BrokenDto;
}

class BrokenController {
  send() {
    return 'never sent';
  }
}
const send = Object.getOwnPropertyDescriptor(BrokenController.prototype, 'send');
Post()(BrokenController.prototype, 'send', send);
PostedForm(BrokenPage)(BrokenController.prototype, 'send', 0);
Controller('broken')(BrokenController);

class BrokenModule {}
Module({ controllers: [BrokenController], providers: [BrokenPage] })(BrokenModule);

const forRoot = AppModule.forRoot.bind(AppModule);
AppModule.forRoot = (environment) => {
  const { imports = [], ...root } = forRoot(environment);
  return { ...root, imports: [...imports, BrokenModule] };
};
