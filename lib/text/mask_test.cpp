// SPDX-License-Identifier: MIT
#include "text/mask.h"

#include <doctest/doctest.h>

using honua::text::is_name_of_secret;
using honua::text::mask_secrets;
using honua::text::without_secret;

TEST_CASE("passwords of connection strings are masked, byte for byte") {
  CHECK(mask_secrets("Host=db;Username=gis;Password=s3cret;Port=5432") ==
        "Host=db;Username=gis;Password=******;Port=5432");
  CHECK(mask_secrets("Server=x;Pwd = p w;") == "Server=x;Pwd = ***;");
  CHECK(mask_secrets("AccountKey=abc==;Endpoint=x") == "AccountKey=*****;Endpoint=x");
  CHECK(mask_secrets("host=x password='a b' user=y") == "host=x password='***' user=y");
}

TEST_CASE("a password is masked whole, whatever characters it has and however it starts") {
  CHECK(mask_secrets("Password=s3c,ret;a=b") == "Password=*******;a=b");
  CHECK(mask_secrets("Password=p&ss)r}st;") == "Password=*********;");
  CHECK(mask_secrets("Password=trueNorth;") == "Password=*********;");
  CHECK(mask_secrets("password = true") == "password = true");
}

TEST_CASE("a password ends in front of the next setting where settings are parted by commas or blanks") {
  CHECK(mask_secrets("cache:6379,password=s3c,ssl=true") == "cache:6379,password=***,ssl=true");
  CHECK(mask_secrets("cache:6379,password=s,3=c, abortConnect=false,ssl=true") ==
        "cache:6379,password=*****, abortConnect=false,ssl=true");
  CHECK(mask_secrets("host=a password=p w dbname=city sslmode=require") ==
        "host=a password=*** dbname=city sslmode=require");
  CHECK(mask_secrets("user=a password=one sslpassword=two port=5") ==
        "user=a password=*** sslpassword=*** port=5");
  CHECK(mask_secrets("connection = \"a,password=${x}s3c,ssl=true\"\nb = \"c;d\"") ==
        "connection = \"a,password=${x}***,ssl=true\"\nb = \"c;d\"");
}

TEST_CASE("a semicolon anywhere in the text lets a password hold what looks like the next setting") {
  CHECK(mask_secrets("Host=a;Password=one,ssl=two") == "Host=a;Password=***********");
  CHECK(mask_secrets("Password=one port=two;Host=a") == "Password=************;Host=a");
}

TEST_CASE("attributes and members with secret names are masked") {
  CHECK(mask_secrets("  secret_access_key = \"abc\\\"d\" # x") == "  secret_access_key = \"******\" # x");
  CHECK(mask_secrets("{\"api-key\": \"abc\"}") == "{\"api-key\": \"***\"}");
  CHECK(mask_secrets("found `\"Password=x\"` and \\\"token\\\": \\\"y\\\"") ==
        "found `\"Password=*\"` and \\\"token\\\": \\\"*\\\"");
}

TEST_CASE("names of secrets end in a word for them, in any spelling, or are one") {
  for (const char* name : {"password", "DB_Password", "tokens", "AccountKey", "api-key", "secret_access_key",
                           "pass", "sig", "credentials", "Authorization", "signing_key"})
    CHECK(is_name_of_secret(name));
  for (const char* name :
       {"passwords_are", "compass", "design", "tokenizer", "key", "id_field", "", "bypass"})
    CHECK_FALSE(is_name_of_secret(name));
}

TEST_CASE("odd forms of secrets are masked") {
  CHECK(mask_secrets("Password='x''y';Host=z") == "Password='****';Host=z");
  CHECK(mask_secrets("\"Password=a\\\"b;Host=c\"") == "\"Password=****;Host=c\"");
  CHECK(mask_secrets("{ password => \"a\" }") == "{ password => \"*\" }");
  CHECK(mask_secrets("\"password\":\n  \"a\"") == "\"password\":\n  \"*\"");
  CHECK(mask_secrets("password = null == \"a\" ? 1 : 2") == "password = null == \"*\" ? 1 : 2");
}

TEST_CASE("passwords of URLs are masked, odd characters included") {
  CHECK(mask_secrets("postgresql://gis:s3c@re/t@db:5432/x?y=z") == "postgresql://gis:********@db:5432/x?y=z");
  CHECK(mask_secrets("redis://:abc@cache") == "redis://:***@cache");
  CHECK(mask_secrets("https://maps.example.org:8080/a") == "https://maps.example.org:8080/a");
}

TEST_CASE("what was to be the URL of a store is masked, too") {
  CHECK(mask_secrets("`redis:/:secret@host`") == "`redis:********@host`");
  CHECK(mask_secrets("redis//:secret@host/0") == "redis//:******@host/0");
  CHECK(mask_secrets("rediss:user:secret@host") == "rediss:***********@host");
  CHECK(mask_secrets("redis+sentinel:/u:se@cret@host/m") == "redis+sentinel:**********@host/m");
  CHECK(mask_secrets("redis: the host a@b") == "redis: the host a@b");
  CHECK(mask_secrets("redis:host") == "redis:host");
}

TEST_CASE("JSON web tokens are masked") {
  CHECK(mask_secrets("x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc y") ==
        "x **************************************** y");
}

TEST_CASE("the default of a variable called like a secret is masked") {
  CHECK(mask_secrets("variable \"db_password\" { default = \"abc\" }") ==
        "variable \"db_password\" { default = \"***\" }");
  CHECK(mask_secrets("variable \"token\" {\n  description = \"abc\"\n  default = \"abc\" x\n}\n"
                     "variable \"x\" {\n  default = \"abc\"\n}\n") ==
        "variable \"token\" {\n  description = \"abc\"\n  default = \"***\" x\n}\n"
        "variable \"x\" {\n  default = \"abc\"\n}\n");
  CHECK(mask_secrets("variable \"tokens\" {\n  default = { a = \"abc\" }\n}\n") ==
        "variable \"tokens\" {\n  default = { a = \"***\" }\n}\n");
}

TEST_CASE("what is put together with a password's name is masked") {
  CHECK(mask_secrets("c = \"Host=h;Password=\" + \"abc\"") == "c = \"Host=h;Password=\" + \"***\"");
  CHECK(mask_secrets("c = format(\"Host=h;Password=%s\", \"abc\", x)") ==
        "c = format(\"Host=h;Password=**\", \"***\", x)");
  CHECK(mask_secrets("c = join(\"\", [\"Password=\", \"abc\"])") ==
        "c = join(\"\", [\"Password=\", \"***\"])");
  CHECK(mask_secrets("c = env(\"DB_PASSWORD\", \"abc\")") == "c = env(\"DB_PASSWORD\", \"***\")");
  CHECK(mask_secrets("c = env(\"LEVEL\", \"abc\")") == "c = env(\"LEVEL\", \"abc\")");
}

TEST_CASE("slips of syntax show no secret") {
  CHECK(mask_secrets("password \"abc\"") == "password \"***\"");
  CHECK(mask_secrets("user_password == \"abc\"") == "user_password == \"***\"");
  CHECK(mask_secrets("user_password != \"abc\"") == "user_password != \"***\"");
  CHECK(mask_secrets("layer \"token\" {") == "layer \"token\" {");
}

TEST_CASE("braces let a password hold a semicolon") {
  CHECK(mask_secrets("Password={a;b};Host=h") == "Password=*****;Host=h");
  CHECK(mask_secrets("Password={a;Host=h") == "Password=**;Host=h");
  CHECK(mask_secrets("AccountName=a;AccessKey=abc;x=y") == "AccountName=a;AccessKey=***;x=y");
}

TEST_CASE("what shells take for a secret that is not set is a secret") {
  CHECK(mask_secrets("Host=${H:-db};Password=${PW:-hunter2};x=y") ==
        "Host=${H:-db};Password=${PW:-*******};x=y");
  CHECK(mask_secrets("Password=${PW};x=y") == "Password=${PW};x=y");
}

TEST_CASE("references and ordinary text stay") {
  for (const char* text : {"password = env(\"DB_PASSWORD\")", "password = var.x", "Password=${env:X};Host=y",
                           "token == x", "passwords are not printed: see the manual", "title = \"Tokens\""}) {
    CHECK(mask_secrets(text) == text);
  }
}

TEST_CASE("a heredoc is masked up to its marker, except for sequences") {
  CHECK(mask_secrets("private_key = <<EOT\nab\ncd\n  EOT\nx = 1\n") ==
        "private_key = <<EOT\n*****\n  EOT\nx = 1\n");
  CHECK(mask_secrets("token = <<-A\r\nab\r\nA\r\nx") == "token = <<-A\r\n***\nA\r\nx");
  CHECK(mask_secrets("token = <<A\nab\nAB") == "token = <<A\n*****");
  CHECK(mask_secrets("token = <<A\nA\nx") == "token = <<A\nA\nx");
  CHECK(mask_secrets("token = <<A\n  ${env(\"X\")}\nA\nx") == "token = <<A\n  ${env(\"X\")}\nA\nx");
  CHECK(mask_secrets("token = <<A b\nx") == "token = <<A b\nx");
  CHECK(mask_secrets("token = <<É\nab\nÉ\nx") == "token = <<É\n**\nÉ\nx");
  CHECK(mask_secrets("token = <<A\n${var.host}\nab ${1 +}\ncd\nA\nx") ==
        "token = <<A\n${var.host}****${1 +}***\nA\nx");
  CHECK(mask_secrets("token = <<A\nab ${1 +\ncd }\nA\nx") == "token = <<A\n***${1 +*****\nA\nx");
}

TEST_CASE("of a computed value the texts in quotes are masked, except for names of variables") {
  CHECK(mask_secrets("password = \"abc${upper(\"S1\")}S2\" x") == "password = \"***${upper(\"**\")}**\" x");
  CHECK(mask_secrets("password = env(\"DB_PASSWORD\", \"hunter2\")\na = \"b\"") ==
        "password = env(\"DB_PASSWORD\", \"*******\")\na = \"b\"");
  CHECK(mask_secrets("token = coalesce(env(\"T\"), \"h3\")") == "token = coalesce(env(\"T\"), \"**\")");
  CHECK(mask_secrets("token = [\"a\", \"b\"]\nc = \"d\"") == "token = [\"*\", \"*\"]\nc = \"d\"");
  CHECK(mask_secrets("token = [\n  \"a\",\n  \"b\"\n]\nc = \"d\"") ==
        "token = [\n  \"*\",\n  \"*\"\n]\nc = \"d\"");
  CHECK(mask_secrets("x { password = f(\"a\") }\ny \"b\" {}") == "x { password = f(\"*\") }\ny \"b\" {}");
  CHECK(mask_secrets("token = var.a ? \"b\" : \"c\"") == "token = var.a ? \"*\" : \"*\"");
  CHECK(mask_secrets("token = a ? \"b\" : \"c\"") == "token = ****\"*\" : \"*\"");
  CHECK(mask_secrets("{\"token\": [\"a\"], \"b\": \"c\"}") == "{\"token\": [\"*\"], \"b\": \"c\"}");
  CHECK(mask_secrets("\"Password=${env(\"X\")}ab;Host=y\"") == "\"Password=${env(\"X\")}**;Host=y\"");
}

TEST_CASE("a value that is broken does not turn what follows inside out") {
  CHECK(mask_secrets("password = \"${env(\"X)}\"\ntoken = \"a\"\nb = \"c\"") ==
        "password = \"${env(\"X)}\"\ntoken = \"*\"\nb = \"c\"");
  CHECK(mask_secrets("token = [\"a\",\nb = \"c\"\npassword = \"d\"") ==
        "token = [\"*\",\nb = \"c\"\npassword = \"*\"");
  CHECK(mask_secrets("token = f(\"a\npassword = \"b\"\n") == "token = f(\"*\npassword = \"*\"\n");
}

TEST_CASE("a secret that reaches into a URL's password is masked with it") {
  CHECK(mask_secrets("x://token=a:b@c://d:e@f\ntoken=g") == "x://token=*************\ntoken=*");
}

TEST_CASE("texts made to be searched again and again take linear time") {
  for (const std::string part :
       {"://", "://x:${a", "token=<<A\n${", "eyJ.", "token=<<", "token=\"${", "-", "x:"}) {
    std::string text;
    while (text.size() < 1'000'000) text += part;
    CHECK(mask_secrets(text + "@").size() == text.size() + 1);
  }
}
TEST_CASE("members of objects are masked wherever they stand and however they are written") {
  CHECK(mask_secrets("h = { a = 1, password = [\"T\"] }") == "h = { a = 1, password = [\"*\"] }");
  CHECK(mask_secrets("h = { \"password\" = [\"T\"] }") == "h = { \"password\" = [\"*\"] }");
  CHECK(mask_secrets("h = { \"X-Api-Key\" = lower(\"T\") }") == "h = { \"X-Api-Key\" = lower(\"*\") }");
  CHECK(mask_secrets("h = { \"password\" = true ? \"T\" : \"b\" }") ==
        "h = { \"password\" = true ? \"*\" : \"*\" }");
  CHECK(mask_secrets("h = { a = 1, password : [\"T\"] }") == "h = { a = 1, password : [\"*\"] }");
  CHECK(mask_secrets("h = { a = 1, password = { v = \"T\" } }") == "h = { a = 1, password = { v = \"*\" } }");
  CHECK(mask_secrets("c = \"cache:6379, password = (abc\"") == "c = \"cache:6379, password = ****\"");
}

TEST_CASE("a quote that closes nothing is a part of a password") {
  using honua::text::TextForm;
  CHECK(mask_secrets("Host=h;Password=a\"bc;x=1") == "Host=h;Password=****;x=1");
  CHECK(mask_secrets("Name=\"h;Password=a\"bc;x=1", TextForm::value) == "Name=\"h;Password=****;x=1");
  CHECK(mask_secrets("Password=\"a;b\";x=1", TextForm::value) == "Password=\"***\";x=1");
}

TEST_CASE("defaults of variables are masked in the form that has none") {
  CHECK(mask_secrets("a = \"${env:X:-abc}\"") == "a = \"${env:X:-***}\"");
  CHECK(mask_secrets("a = \"${ env : X:=abc}d\"") == "a = \"${ env : X:=***}d\"");
  CHECK(mask_secrets("a = \"${env:X}\"") == "a = \"${env:X}\"");
  CHECK(mask_secrets("a = \"${x ? \"y\" : 1}\"") == "a = \"${x ? \"y\" : 1}\"");
}

TEST_CASE("numbers and further words may follow in a secret's name") {
  for (const char* name :
       {"password1", "db_password_prod", "private_key_pem", "token_value", "secret-value", "token_2",
        "key_secret_base64", "storage_key", "license_key", "Ocp-Apim-Subscription-Key", "Cookie", "jwt",
        "sas", "connection_string", "conection_string"})
    CHECK_MESSAGE(is_name_of_secret(name), name);
  for (const char* name : {"value", "key_prefix", "primary_key", "cache_key", "contest", "renew", "base64",
                           "ConnectionStrings", "max_value", "64", "id_2", "sassy", "connection"})
    CHECK_MESSAGE(!is_name_of_secret(name), name);
}

TEST_CASE("private keys, bearers and keys in URLs are masked") {
  CHECK(mask_secrets("-----BEGIN PRIVATE KEY-----ab\ncd-----END PRIVATE KEY-----") ==
        "-----BEGIN PRIVATE KEY-----*****-----END PRIVATE KEY-----");
  CHECK(mask_secrets("-----BEGIN CERTIFICATE-----ab") == "-----BEGIN CERTIFICATE-----ab");
  CHECK(mask_secrets("h = \"Bearer abc123.x\"") == "h = \"Bearer ********\"");
  CHECK(mask_secrets("Bearer authentication") == "Bearer authentication");
  CHECK(mask_secrets("https://abc@host/x") == "https://***@host/x");
  CHECK(mask_secrets("postgresql://gis@host/x") == "postgresql://gis@host/x");
  CHECK(mask_secrets("https://host/@abc") == "https://host/@abc");
  CHECK(mask_secrets("\"https://host/x?key=abc\"") == "\"https://host/x?key=***\"");
}

TEST_CASE("a secret that is known is taken out wherever it stands") {
  CHECK(without_secret("a pw, pw and pwpw", "pw") == "a ***, *** and ******");
  CHECK(without_secret("***", "*") == "*********");
  CHECK(without_secret("nothing", "") == "nothing");
  CHECK(without_secret("", "pw").empty());
}
