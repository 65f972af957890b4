a="x  ${ b+c }  y"
d="${{a=1}}${~ e ~}${f( 1,2 )}"
g="%{if h}yes%{ else }no%{endif}  $${ not } %%{ this }"
i="${"nested ${ j.k [0] }"}"
l=<<EOT
  kept   as  it is ${ m+n }
	${ o }
EOT
p=<<-EOT
      indented
    %{ for q,r in s ~}
    ${ q }=${ r }
    %{ endfor ~}
    EOT
t=[<<EOT
x
EOT
,2]
u=f("${
v
}",w)
