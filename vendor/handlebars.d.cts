import Handlebars = require('handlebars');
export = Handlebars;
