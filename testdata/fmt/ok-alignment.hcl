title="Roads"
description   =   "All of them"

id_field="road_id"
geometry {
column="geom"
srid=4326
}
list = [
1
]
short=1
much_longer_name=2
# A comment ends a run.
x=1
日本語="wide"
é=1
object={ a=1 }
heredoc=<<EOT
text
EOT
after_the_heredoc=1
