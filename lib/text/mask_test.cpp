// SPDX-License-Identifier: MIT
#include "text/mask.h"

#include <doctest/doctest.h>

using honua::text::is_name_of_secret;
using honua::text::mask_secrets;

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
