<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::create('loket_webhook_ids', function (Blueprint $table) {
            $table->string('id')->primary();
        });
        Schema::create('loket_orders', function (Blueprint $table) {
            $table->boolean('testing');
            $table->string('ref_id', 64);
            $table->string('status')->default('new');
            $table->unsignedTinyInteger('step')->default(0);
            $table->string('sn')->default('');
            $table->primary(['testing', 'ref_id']);
        });
        Schema::create('loket_messages', function (Blueprint $table) {
            $table->id();
            $table->boolean('testing');
            $table->string('ref_id', 64);
            $table->string('event');
        });
    }

    public function down(): void
    {
        foreach (['loket_messages', 'loket_orders', 'loket_webhook_ids'] as $table) {
            Schema::dropIfExists($table);
        }
    }
};
