-- Names that mean something to SQL, to HCL or to neither.
CREATE TABLE "a-b" (id INTEGER PRIMARY KEY);
CREATE TABLE "a b" (id INTEGER PRIMARY KEY);
CREATE TABLE "A.B" (id INTEGER PRIMARY KEY);
CREATE TABLE "123" ("x y" INTEGER PRIMARY KEY, "${env:HOME}" TEXT, "%{x}" TEXT, "select" TEXT);
CREATE TABLE "ü" ("quote "" backtick ` bracket ]" INTEGER PRIMARY KEY);
CREATE TABLE "line
feed" (id INTEGER PRIMARY KEY, "tab	" TEXT);
